"""The overview in the municipality's own sheet."""

from typing import Any

from tests.web.access.address import BUT_ADMIN, CASEWORKERS, Address
from tests.web.access.town import Town


def form_of(which: str) -> Any:
    """Name the shared sheet of the town, or of another municipality, in the form."""

    def sent(town: Town) -> dict[str, Any]:
        return {"form": getattr(town, which)}

    return sent


def sheet(which: str) -> Any:
    """Name a sheet that came back, or an act of entering one."""
    return lambda town: [getattr(town, which)]


ADDRESSES = [
    Address("round_trip:form", BUT_ADMIN),
    Address("round_trip:export", BUT_ADMIN, method="post", data=form_of("form"), about="own"),
    Address(
        "round_trip:export",
        BUT_ADMIN,
        method="post",
        data=form_of("form_abroad"),
        status=422,
        about="abroad",
    ),
    Address("round_trip:returned", CASEWORKERS, sheet("returned"), about="own"),
    Address("round_trip:returned", CASEWORKERS, sheet("form_abroad"), status=404, about="abroad"),
    Address("round_trip:apply", CASEWORKERS, sheet("returned"), method="post", status=302),
    Address(
        "round_trip:apply",
        CASEWORKERS,
        sheet("form_abroad"),
        method="post",
        status=404,
        about="abroad",
    ),
    Address("round_trip:stop", CASEWORKERS, sheet("returned"), method="post", status=302),
    Address(
        "round_trip:stop",
        CASEWORKERS,
        sheet("form_abroad"),
        method="post",
        status=404,
        about="abroad",
    ),
    Address("round_trip:take_back", CASEWORKERS, sheet("entered"), method="post", status=302),
    Address(
        "round_trip:take_back",
        CASEWORKERS,
        sheet("form_abroad"),
        method="post",
        status=404,
        about="abroad",
    ),
]

"""What the columns of a file mean."""

from typing import Any

from tests.web.access.address import ADVISER, CASEWORKERS, SUPERVISOR, Address
from tests.web.access.town import Town


def file_of(which: str) -> Any:
    """Name a file of one of the town's imports."""

    def arguments(town: Town) -> list[Any]:
        return [town.form_abroad if which == "abroad" else town.waiting]

    return arguments


ADDRESSES = [
    Address("mapping:columns", CASEWORKERS, file_of("own")),
    Address("mapping:columns", CASEWORKERS, file_of("abroad"), status=404, about="abroad"),
    # The file is the refugee department's.
    Address(
        "mapping:columns",
        {SUPERVISOR, ADVISER},
        file_of("own"),
        method="post",
        data={"column-0-0": "ingen"},
        status=302,
    ),
    Address(
        "mapping:columns",
        CASEWORKERS,
        file_of("abroad"),
        method="post",
        status=404,
        about="abroad",
    ),
]

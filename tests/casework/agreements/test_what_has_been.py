"""What has been stays: no version and no ending writes a past away or lengthens an agreement."""

from datetime import date, timedelta
from typing import Any

import pytest

from innpass.casework.agreements import services
from innpass.casework.agreements.models import AgreementVersion
from innpass.casework.agreements.refusing import Refused
from innpass.domain.placing.agreement import VersionKind
from innpass.domain.placing.states import CaseKind, Initiative, Outcome
from tests.casework.agreements.placing import FIRST, LAST, Placing
from tests.casework.reconciliation.importing import TODAY

LONGER = date(2026, 12, 18)
STOPPED: dict[str, Any] = {
    "outcome": Outcome.STOPPED,
    "initiative": Initiative.EMPLOYER,
    "reason": "workplace_closed",
}


def longer(
    here: Placing,
    case: Any,
    kind: VersionKind = VersionKind.EXTENDED,
    *,
    on: date = TODAY,
    **v: Any,
) -> AgreementVersion:
    content = here.content(**{"last_day": LONGER, **v})
    return services.make_version(case, content, kind=kind, reason="Mer tid", by=here.per, on=on)


@pytest.mark.parametrize(
    ("kind", "on"),
    [
        (VersionKind.EXTENDED, TODAY),
        (VersionKind.EXTENDED, FIRST),
        (VersionKind.GOAL, FIRST),
    ],
)
def test_an_extension_typed_as_the_new_period_is_refused(
    here: Placing, kind: VersionKind, on: date
) -> None:
    case = here.agreed()

    with pytest.raises(Refused, match=r"Første dag er 06\.07\.2026"):
        longer(here, case, kind, on=on, first_day=LAST + timedelta(days=1))


def test_an_agreement_that_has_not_begun_may_begin_another_day(here: Placing) -> None:
    case = here.agreed()

    moved = longer(here, case, VersionKind.GOAL, first_day=FIRST + timedelta(days=7))

    assert moved.first_day == FIRST + timedelta(days=7)


def test_an_extension_that_is_changed_is_still_longer(here: Placing) -> None:
    version = longer(here, here.agreed())

    with pytest.raises(Refused, match="må ha en senere siste dag"):
        services.edit_version(
            version,
            here.content(last_day=date(2026, 8, 18)),
            reason="Heller kortere",
            by=here.per,
            on=TODAY,
        )


def test_an_ending_lengthens_nothing(here: Placing) -> None:
    case = here.agreed()

    with pytest.raises(Refused, match=r"Avtalen varer til 05\.10\.2026"):
        services.end_case(case, **STOPPED, last_day=LAST + timedelta(days=1), by=here.per, on=FIRST)
    services.end_case(case, **STOPPED, last_day=LAST, by=here.per, on=FIRST)


def test_what_nav_arranges_is_the_advisers_to_end_and_to_withdraw(here: Placing) -> None:
    case = here.proposed(kind=CaseKind.WORK_TRAINING)

    with pytest.raises(Refused, match="Det kan programrådgiver"):
        services.withdraw_case(case, reason="Feil", by=here.per, on=TODAY)
    with pytest.raises(Refused, match="Det kan programrådgiver"):
        services.end_case(case, **STOPPED, last_day=TODAY, by=here.per, on=TODAY)
    services.withdraw_case(case, reason="Feil", by=here.ragnhild, on=TODAY)

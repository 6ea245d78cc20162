"""Whom one waits for: a version to be signed counts before the first agreement and after it."""

from datetime import date

from innpass.casework.agreements import services
from innpass.casework.agreements.models import PlacementCase
from innpass.casework.follow_up.work import Wait, told_in_full, work_of
from innpass.domain.placing.agreement import Party, VersionKind
from tests.casework.agreements.placing import placing_in
from tests.casework.reconciliation.importing import TODAY
from tests.factories.cast import Town


def test_an_extension_that_lacks_signatures_is_waited_for(town: Town) -> None:
    here = placing_in(town)
    case = here.agreed()
    before = work_of(here.per, on=TODAY, own=False).waiting
    content = here.content(last_day=date(2026, 12, 18))
    version = services.make_version(
        case, content, kind=VersionKind.EXTENDED, reason="Mer tid", by=here.per, on=TODAY
    )

    waiting = work_of(here.per, on=TODAY, own=False).waiting

    assert before == []
    (line,) = told_in_full(waiting, on=TODAY)
    assert (line.what, line.about) == (Wait.SIGNATURE, "participant")
    PlacementCase.objects.update(proposed_on=date(2026, 8, 17))  # as one that a row tells of
    (later,) = work_of(here.per, on=TODAY, own=False).waiting
    assert later.since == TODAY
    here.sign(version, Party.PARTICIPANT, Party.EMPLOYER, Party.SUPERVISOR)
    assert work_of(here.per, on=TODAY, own=False).waiting == []

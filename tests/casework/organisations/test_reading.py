import gc
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django_scopes import scope

from innpass.casework.organisations.bulk import uncollected
from innpass.casework.organisations.models import Municipality
from innpass.casework.organisations.reading import rows_by_owner
from innpass.casework.organisations.services import make_municipality
from innpass.casework.participants.models import Participant
from innpass.casework.programme.models import Clock, Enrolment
from innpass.casework.programme.registered import Registration


@pytest.fixture
def municipality(db: None) -> Iterator[Municipality]:
    made = make_municipality(name="Lillevik", by=None)
    with scope(municipality=made):
        yield made


def test_rows_come_as_values_by_whose_they_are_and_others_are_left_out(
    municipality: Municipality,
) -> None:
    olena, bohdan, other = (
        Participant.objects.create(municipality=municipality, name=name) for name in "ABC"
    )
    for person, schooled in ((olena, True), (bohdan, None), (other, False)):
        Enrolment.objects.create(
            municipality=municipality,
            participant=person,
            first_day=date(2026, 1, 5),
            upper_secondary=schooled,
            extent_percent=80,
        )
    columns = ("first_day", "upper_secondary", "extent_percent", "adviser")
    wanted = {olena.pk, bohdan.pk}
    for query in (Enrolment.objects.all(), Enrolment.objects.filter(participant__in=wanted)):
        assert rows_by_owner(query, columns, owner="participant_id", owners=wanted) == {
            olena.pk: [(date(2026, 1, 5), True, 80, "")],
            bohdan.pk: [(date(2026, 1, 5), None, 80, "")],
        }
    nobody = Enrolment.objects.filter(participant__in=[])
    assert rows_by_owner(nobody, columns, owner="participant_id", owners=wanted) == {}


def test_an_id_finds_its_row_again_and_json_comes_as_text(municipality: Municipality) -> None:
    olena = Participant.objects.create(municipality=municipality, name="A")
    day = date(2026, 1, 5)
    row = Registration.objects.create(
        municipality=municipality, participant=olena, kind="start", day=day, last_day=day
    )
    Clock.objects.create(municipality=municipality, participant=olena, missing={"norwegian": []})

    def read(query: Any, *columns: str) -> list[tuple[Any, ...]]:
        return rows_by_owner(query, columns, owner="participant_id", owners=[olena.pk])[olena.pk]

    ((pk, registered_at),) = read(Registration.objects.all(), "pk", "registered_at")
    assert registered_at is None
    assert Registration.objects.get(pk=pk) == row
    assert read(Clock.objects.all(), "missing") == [('{"norwegian": []}',)]


def test_cycles_are_looked_for_again_after_work_on_many_whatever_happens_in_it() -> None:
    @uncollected()
    def fail() -> None:
        with uncollected():
            assert not gc.isenabled()
        assert not gc.isenabled()
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert gc.isenabled()

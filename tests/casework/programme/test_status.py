"""``innpass status``: everybody's week as it is stored."""

import io
import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django_scopes import scope

from innpass.casework.organisations.services import make_municipality
from innpass.casework.participants.models import Participant
from innpass.casework.programme.management.commands.status import VERDICTS
from innpass.casework.programme.models import Element, Enrolment
from innpass.casework.programme.queries import facts_of, stored_week
from innpass.casework.programme.services import reassess
from innpass.domain.law import hours
from innpass.domain.law.hours import assess_week, assess_weeks
from innpass.domain.periods import IsoWeek
from tests.casework.reconciliation.importing import TODAY, sample, take_in

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 30)


def test_the_list_says_what_each_persons_week_says(monkeypatch: pytest.MonkeyPatch) -> None:
    lillevik = make_municipality(name="Lillevik", by=None)
    starts: dict[str, date | None] = {
        "Amina": date(2026, 1, 5),
        "Bohdan": date(2026, 5, 4),
        "Celine": None,  # the answer is unknown
        "Daria": date(2027, 1, 4),  # not in the list: it begins next year
    }
    with scope(municipality=lillevik):
        for name, start in starts.items():
            person = Participant.objects.create(municipality=lillevik, name=name)
            common: dict[str, Any] = {"municipality": lillevik, "participant": person}
            Enrolment.objects.create(
                first_day=start, protection="other", upper_secondary=True, end_goal="work", **common
            )
            Element.objects.create(
                kind="practice", first_day=date(2026, 2, 2), hours_per_week=16.5, **common
            )
        ids = dict(Participant.objects.values_list("name", "pk"))
        facts = facts_of(ids.values())
        expected = {
            name: assess_week(facts[pk], IsoWeek.of(DAY), on=DAY) for name, pk in ids.items()
        }
        reassess(participants=ids.values(), municipality=lillevik, on=DAY)
    monkeypatch.setattr(hours, "assess_columns", None)  # what is stored is printed
    out = io.StringIO()

    call_command("status", "--on", DAY.isoformat(), stdout=out)

    lines = out.getvalue().splitlines()
    assert lines[0] == "Uke 27, 2026"
    said = {name: line for line in lines[1:] for name in starts if f" {name} " in line}
    assert set(said) == {"Amina", "Bohdan", "Celine"}
    for name, line in said.items():
        answer = expected[name]
        assert answer is not None
        assert VERDICTS[answer.verdict] in line
        assert ("snitt" in line) == (answer.average is not None)
    assert re.search(r"16,5", said["Amina"])


@pytest.mark.parametrize("person", ["tull", "99999"])
def test_an_unknown_person_gets_a_sentence(person: str) -> None:
    make_municipality(name="Lillevik", by=None)
    said = io.StringIO()

    with pytest.raises(SystemExit) as ended:
        call_command("status", "--on", "2026-06-30", "--person", person, stderr=said)

    assert ended.value.code == 2
    assert "Vi finner ingen deltaker" in said.getvalue()


@pytest.mark.slow
def test_what_is_stored_is_what_the_law_answers(settings: Any) -> None:
    """For everybody in the sample, in every second week of four years."""
    settings.INNPASS_TODAY = TODAY
    lillevik = make_municipality(name="Lillevik", by=None)
    with scope(municipality=lillevik):
        take_in(lillevik, sample("messy"))
        people = list(Participant.objects.values_list("pk", flat=True))
        facts = facts_of(people)
        known = list(facts)
        computed = assess_weeks([facts[pk] for pk in known], on=TODAY)
        compared = 0
        for fortnight in range(104):
            week = IsoWeek.of(date(2023, 7, 3) + fortnight * timedelta(days=14))
            stored, now = stored_week(people, week), computed.at(week)
            for place, pk in enumerate(known):
                if facts[pk].start is None:
                    assert stored[pk].verdict == "unknown"
                    continue
                if (verdict := now.verdict[place]) is None:
                    assert pk not in stored
                    continue
                found = stored[pk]
                assert (found.verdict, found.hours) == (verdict, now.hours[place])
                mean = float("nan") if found.average is None else found.average
                assert mean == pytest.approx(now.average[place], nan_ok=True)
                compared += 1
            assert set(stored) <= set(known)

    assert compared > 2000

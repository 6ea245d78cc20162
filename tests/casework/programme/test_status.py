"""``innpass status``: everybody's week in one pass."""

import io
import re
from datetime import date
from typing import Any

import pytest
from django.core.management import call_command
from django_scopes import scope

from innpass.casework.organisations.services import make_municipality
from innpass.casework.participants.models import Participant
from innpass.casework.programme.management.commands import status
from innpass.casework.programme.management.commands.status import VERDICTS
from innpass.casework.programme.models import Element, Enrolment
from innpass.casework.programme.queries import facts_of
from innpass.domain.law.hours import assess_week, assess_weeks
from innpass.domain.periods import IsoWeek

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
    calls = []

    def counted(people: Any, *, on: date) -> Any:
        calls.append(len(people))
        return assess_weeks(people, on=on)

    monkeypatch.setattr(status, "assess_weeks", counted)
    out = io.StringIO()

    call_command("status", "--on", DAY.isoformat(), stdout=out)

    lines = out.getvalue().splitlines()
    assert lines[0] == "Uke 27, 2026"
    assert calls == [4]
    said = {name: line for line in lines[1:] for name in starts if f" {name} " in line}
    assert set(said) == {"Amina", "Bohdan", "Celine"}
    for name, line in said.items():
        answer = expected[name]
        assert answer is not None
        assert VERDICTS[answer.verdict] in line
        assert ("snitt" in line) == (answer.average is not None)
    assert re.search(r"16,5", said["Amina"])

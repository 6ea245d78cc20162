"""The list of what must be registered in the national register, ticking off, codes and the file."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from innpass.casework.audit.models import AuditEvent, ReadEvent
from innpass.casework.participants.services import set_protection
from innpass.casework.programme.models import Enrolment
from innpass.casework.programme.registered import RegisterCode, Registration
from innpass.casework.programme.services import reassess
from tests.casework.reconciliation.importing import TODAY
from tests.factories.cast import ADA, KARI, LIV, ODD, RAGNHILD, Town

pytestmark = pytest.mark.django_db
DUTIES, TICK, EXPORT = (reverse(f"registering:{name}") for name in ("duties", "tick", "export"))


def events(town: Town, first: str = "Amina", **days: Any) -> Any:
    """Give somebody events on some days and return the rows."""
    person = town.people(first)
    Enrolment.objects.filter(participant=person).update(**days)
    reassess(participants=[person.pk], municipality=town.municipality, on=TODAY)
    return Registration.objects.filter(participant=person)


def shown(town: Town, who: str = KARI, **query: str) -> list[tuple[str, str]]:
    page = town.browser(who).get(DUTIES, query).context["page"]
    return [(row.name, row.what) for row in page.rows]


def test_what_is_late_comes_first_with_its_days(town: Town) -> None:
    Registration.objects.all().delete()
    events(town, first_day=TODAY - timedelta(days=10), offered_on=date(2026, 2, 1))

    page = town.browser(KARI).get(DUTIES, {"hendelse": ""}).context["page"]

    mine = [row for row in page.rows if row.name == town.people("Amina").name]
    assert [row.what for row in mine][:1] == ["Tilbud om program"]
    assert mine[0].last_day == date(2026, 4, 1)
    assert mine[0].left == "90 dager for sent"
    assert mine[0].is_late
    start = next(row for row in mine if row.what == "Programstart")
    assert not start.is_late


def test_what_lies_ahead_is_no_duty_yet(town: Town) -> None:
    events(town, certificate_on=None, offered_on=TODAY + timedelta(days=1))

    assert "Tilbud om program" not in [what for _name, what in shown(town, vis="alle")]


def test_ticking_off_and_taking_back(town: Town) -> None:
    row = events(town, offered_on=date(2026, 5, 4)).get(kind="offer")
    kari = town.browser(KARI)

    kari.post(TICK, {"act": "tick", "row": [str(row.pk)]})
    row.refresh_from_db()
    assert row.registered_by_id == town.actor(KARI).user_id
    assert (row.participant.name, "Tilbud om program") in shown(town, vis="registrert")

    kari.post(TICK, {"act": "take-back", "row": [str(row.pk)], "vis": "registrert"})
    row.refresh_from_db()
    assert row.registered_at is None
    assert AuditEvent.objects.filter(action="take_back_registration").count() == 1


def test_all_in_the_list_are_ticked_off_only_as_the_list_was_seen(town: Town) -> None:
    events(town, offered_on=date(2026, 5, 4))
    events(town, "Bohdan", offered_on=date(2026, 5, 5))
    kari = town.browser(KARI)
    asked = {"hendelse": "offer", "act": "tick-all"}

    kari.post(TICK, {**asked, "total": "1"})
    assert not Registration.objects.exclude(registered_at=None).exists()

    kari.post(TICK, {**asked, "total": "2"})
    ticked = Registration.objects.exclude(registered_at=None)
    assert {row.kind for row in ticked} == {"offer"}
    assert ticked.count() == 2


def test_an_adviser_sees_the_own_cases_first_and_all_by_a_switch(town: Town) -> None:
    events(town, offered_on=date(2026, 5, 4), adviser="kari lunde")
    events(town, "Bohdan", offered_on=date(2026, 5, 5), adviser="Ragnhild Moe")
    amina, bohdan = town.people("Amina").name, town.people("Bohdan").name

    page = town.browser(KARI).get(DUTIES).context["page"]
    assert {row.name for row in page.rows} == {amina}
    assert page.tabs[0].count == len(page.rows)
    own, everybody = page.whose
    assert (own.is_current, everybody.is_current) == (True, False)
    everyone = town.browser(KARI).get(everybody.href).context["page"]
    assert {amina, bohdan} <= {row.name for row in everyone.rows}
    assert everyone.whose[1].is_current
    late = town.browser(KARI).get(everyone.tabs[1].href).context["page"]
    assert late.whose[1].is_current
    assert town.browser(LIV).get(DUTIES).context["page"].whose == ()


def test_those_shown_are_ticked_off_at_once(town: Town) -> None:
    events(town, offered_on=date(2026, 5, 4))
    page = town.browser(KARI).get(DUTIES).context["page"]
    some = [str(row.pk) for row in page.rows[:2]]

    town.browser(KARI).post(TICK, {"act": "tick-shown", "shown": some})

    ticked = Registration.objects.exclude(registered_at=None)
    assert {str(pk) for pk in ticked.values_list("pk", flat=True)} == set(some)


def test_nothing_chosen_changes_nothing(town: Town) -> None:
    events(town, offered_on=date(2026, 5, 4))
    answer = town.browser(KARI).post(TICK, {"act": "tick", "row": ["x"]}, follow=True)

    assert "Velg minst én linje" in answer.content.decode()
    assert not Registration.objects.exclude(registered_at=None).exists()


def test_the_teacher_is_not_shown_decisions(town: Town) -> None:
    row = events(town, offered_on=date(2026, 5, 4)).get(kind="offer")
    Registration.objects.filter(pk=row.pk).update(kind="decision")
    decision = (row.participant.name, "Vedtak om program")

    assert decision in shown(town)
    assert decision not in shown(town, LIV)
    town.browser(LIV).post(TICK, {"act": "tick", "row": [str(row.pk)]})
    row.refresh_from_db()
    assert row.registered_at is None


def test_a_protected_person_is_not_there_for_others(town: Town) -> None:
    row = events(town, offered_on=date(2026, 5, 4)).get(kind="offer")
    set_protection(participant=row.participant, named=[], reason="Vedtak", by=town.actor(RAGNHILD))

    assert row.participant.name not in [name for name, _what in shown(town)]
    town.browser(KARI).post(TICK, {"act": "tick", "row": [str(row.pk)]})
    row.refresh_from_db()
    assert row.registered_at is None


def test_a_day_that_is_none_is_said_and_kept(town: Town) -> None:
    answer = town.browser(KARI).get(DUTIES, {"til": "i går"})

    assert "Vi forstår ikke «i går» som en dato" in answer.content.decode()
    assert 'value="i går"' in answer.content.decode()


def test_the_address_holds_no_name(town: Town) -> None:
    events(town, adviser="Kari Lunde", offered_on=date(2026, 5, 4))
    page = town.browser(KARI).get(DUTIES).context["page"]
    token = next(each.value for each in page.advisers if each.label == "Kari Lunde")

    assert re.fullmatch("[0-9a-f]{10}", token)
    assert {name for name, _ in shown(town, radgiver=token)} == {town.people("Amina").name}


def test_the_number_of_queries_does_not_follow_the_rows(town: Town) -> None:
    kari = town.browser(KARI)

    def count() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            kari.get(DUTIES, {"hendelse": "offer"})
        return len(queries)

    events(town, offered_on=date(2026, 5, 4))
    kari.get(DUTIES)
    few = count()
    events(town, "Bohdan", offered_on=date(2026, 5, 4))
    assert count() == few


def test_the_file_is_as_filtered_and_logged(town: Town) -> None:
    row = events(town, offered_on=date(2026, 5, 4)).get(kind="offer")
    RegisterCode.objects.create(municipality=town.municipality, kind="offer", code="=TB1")

    answer = town.browser(KARI).post(EXPORT, {"hendelse": "offer"})

    lines = answer.content.decode("utf-8-sig").split("\r\n")
    assert lines[1].startswith(
        f"{row.participant.name};Tilbud om program;'=TB1;04.05.2026;04.07.2026;4"
    )
    assert lines[2:] == [""]
    assert ReadEvent.objects.filter(subject_id=row.participant_id, page="export").exists()
    assert AuditEvent.objects.filter(action="export_registrations").count() == 1


def test_the_file_tells_the_day_it_was_here(town: Town) -> None:
    events(town, offered_on=date(2026, 5, 4)).filter(kind="offer").update(
        registered_at=datetime(2026, 6, 29, 22, 30, tzinfo=UTC)
    )

    answer = town.browser(KARI).post(EXPORT, {"vis": "registrert"})

    assert answer.content.decode("utf-8-sig").split("\r\n")[1].endswith(";30.06.2026")


def test_events_have_norwegian_names_where_their_codes_are_noted(town: Town) -> None:
    page = town.browser(ADA).get(reverse("registering:codes")).content.decode()

    assert "Karriereveiledning" in page
    assert ">career_guidance<" not in page


def test_only_the_administrator_names_codes(town: Town) -> None:
    codes = reverse("registering:codes")
    assert town.browser(KARI).post(codes, {"code-start": "P1"}).status_code == 403
    town.browser(ADA).post(codes, {"code-start": " P1\x00 "})

    assert dict(RegisterCode.objects.values_list("kind", "code")) == {"start": "P1"}
    assert "P1" in town.browser(KARI).get(DUTIES, {"vis": "alle"}).content.decode()
    town.browser(ADA).post(codes, {})
    assert not RegisterCode.objects.exists()


def test_what_is_missing_before_somebody_leaves(town: Town) -> None:
    events(town, planned_last_day=TODAY + timedelta(days=60), actual_last_day=None, end_goal="")
    events(town, "Bohdan", planned_last_day=TODAY + timedelta(days=61), actual_last_day=None)

    page = town.browser(KARI).get(reverse("registering:leaving")).context["page"]

    names = [person.name for person in page.people]
    assert town.people("Amina").name in names
    assert town.people("Bohdan").name not in names
    amina = next(p for p in page.people if p.name == town.people("Amina").name)
    assert {"sluttmål", "sluttårsak", "deltakerbevis"} <= set(amina.missing)


def test_nav_has_nothing_to_do_with_the_register(town: Town) -> None:
    assert town.browser(ODD).get(DUTIES).status_code == 403

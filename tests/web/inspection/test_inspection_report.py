"""The report for the state supervisor: who gets it, whom it holds, its log, and its end."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from innpass.casework.audit.models import AuditEvent, ReadEvent
from innpass.casework.inspection import services
from innpass.casework.inspection.choosing import in_programme, sample
from innpass.casework.inspection.composing import About, document
from innpass.casework.inspection.models import InspectionReport
from innpass.casework.inspection.person import events_of
from innpass.casework.inspection.services import let_go
from innpass.casework.jobs.models import Job
from innpass.casework.jobs.running import run_one
from innpass.casework.programme.models import Enrolment, ReadingChoice
from innpass.casework.programme.readings import law_here
from innpass.casework.programme.registered import Registration
from innpass.domain.access.fields import FIELDS
from innpass.domain.access.policy import may_read
from innpass.domain.law.duty import State
from innpass.domain.law.law import THE_LAW
from innpass.domain.law.words import state_word
from innpass.exchange.workbooks.reading import read_workbook
from tests.casework.plans.plan import agreed
from tests.factories.cast import KARI, LEA, Town

pytestmark = pytest.mark.django_db
REPORTS = reverse("inspection:reports")
PERIOD = {"first_day": "2026-01-01", "last_day": "30.06.2026"}


def ask(town: Town, **data: str) -> Any:
    return town.browser(LEA).post(REPORTS, {**PERIOD, **data})


def make(town: Town, **data: str) -> InspectionReport:
    """Ask for a report and let the worker make it."""
    assert ask(town, **data).status_code == 302
    Job.objects.exclude(kind="inspection.make").delete()
    while run_one(worker="test"):
        pass
    report = InspectionReport.objects.get()
    assert report.made_at, Job.objects.get(pk=report.job_id).error
    return report


def download(town: Town, report: InspectionReport, kind: str, who: str = LEA) -> Any:
    return town.browser(who).get(reverse("inspection:download", args=[report.pk, kind]))


def test_all_who_were_in_the_programme_are_in_it(town: Town) -> None:
    everybody = in_programme(
        town.actor(LEA), first_day=date(2026, 1, 1), last_day=date(2026, 6, 30)
    )
    report = make(town, whom="all")

    assert report.people == len(everybody) > 1
    answer = download(town, report, "pdf")
    assert answer.content.startswith(b"%PDF")
    assert answer["Content-Disposition"] == (
        'attachment; filename="tilsynsrapport-20260101-20260630.pdf"'
    )


def test_who_left_before_the_period_is_not_in_it(town: Town) -> None:
    Enrolment.objects.filter(participant=town.people("Amina")).update(
        first_day=date(2025, 1, 1), actual_last_day=date(2025, 12, 31)
    )
    people = in_programme(town.actor(LEA), first_day=date(2026, 1, 1), last_day=date(2026, 6, 30))

    assert town.people("Amina").pk not in people
    assert town.people("Bohdan").pk in people


def test_the_same_seed_draws_the_same(town: Town) -> None:
    people = in_programme(town.actor(LEA), first_day=date(2026, 1, 1), last_day=date(2026, 6, 30))

    assert sample(people, size=1, seed=5) == sample(people, size=1, seed=5)
    assert {sample(people, size=1, seed=n)[0] for n in range(40)} == set(people)
    assert sample(people, size=99, seed=1) == people


def test_the_sheets_hold_one_person_with_the_seed_or_name(town: Town) -> None:
    amina = town.people("Amina")
    report = make(town, whom="person", name=amina.name)

    content = download(town, report, "xlsx").content
    sheets = {sheet.name for sheet in read_workbook(content, file="r.xlsx").sheets}
    assert {"Om rapporten", "Tall", "Krav", "Vedtak", "Timer", "Tekster"} <= sheets
    assert report.people == 1


def test_the_demands_stand_in_columns_that_can_be_filtered(town: Town) -> None:
    agreed(town.people("Amina"), date(2026, 6, 2), review_on=date(2026, 12, 1))
    report = make(town, whom="all")
    content = download(town, report, "xlsx").content
    sheets = {sheet.name: sheet for sheet in read_workbook(content, file="r.xlsx").sheets}

    lines = [list(row) for row in sheets["Krav"].rows]
    at = next(n for n, line in enumerate(lines) if line and line[0] == "Deltaker")
    assert lines[at][2:7] == ["Område", "Tema", "Stilling", "Frist", "Gjort"]
    rows = lines[at + 1 :]
    assert {str(row[4]) for row in rows} <= {state_word(state).capitalize() for state in State}
    assert {type(row[5]) for row in rows} <= {date, type(None)}
    assert any(row[5] for row in rows)
    plans = {cell for row in sheets["Planer"].rows for cell in row}
    assert date(2026, 12, 1) in plans


def test_a_protected_person_is_not_drawn_for_others(town: Town) -> None:
    town.protect("Amina", by=KARI)
    people = in_programme(town.actor(LEA), first_day=date(2026, 1, 1), last_day=date(2026, 6, 30))
    assert town.people("Bohdan").pk in people
    answer = ask(town, whom="person", name="Amina")

    assert answer.status_code == 422
    assert "Vi fant ingen deltaker" in answer.content.decode()
    assert not InspectionReport.objects.exists()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({}, "Velg hvem som skal være med."),
        ({"whom": "sample"}, "Skriv hvor mange som skal trekkes."),
        ({"whom": "person", "name": "  "}, "Skriv navnet på deltakeren."),
        ({"whom": "all", "last_day": "31.12.2025"}, "Siste dag må være etter første dag."),
        ({"whom": "all", "last_day": "i fjor"}, "Skriv datoen som 30.06.2026."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_made(
    town: Town, data: dict[str, str], sentence: str
) -> None:
    answer = ask(town, **data)

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not InspectionReport.objects.exists()


def test_it_is_logged_for_each_person_and_each_download(town: Town) -> None:
    report = make(town, whom="all")
    read = ReadEvent.objects.filter(page="inspection")
    assert read.count() == report.people
    assert read.filter(subject_id=town.people("Amina").pk).exists()

    download(town, report, "pdf")
    download(town, report, "xlsx")
    taken = AuditEvent.objects.filter(action="download_inspection_report")
    assert sorted(event.changes["kind"][1] for event in taken) == ["pdf", "sheet"]


def test_what_is_registered_stands_with_what_is_late(town: Town) -> None:
    amina = town.people("Amina").pk
    Registration.objects.filter(participant=amina).delete()
    for day, at in ((1, None), (2, None), (3, timezone.now())):
        Registration.objects.create(
            municipality=town.municipality,
            participant_id=amina,
            kind="leave",
            day=date(2026, 1, day),
            last_day=date(2026, 6, 30) if day == 1 else date(2026, 3, 2),
            registered_at=at,
        )

    found = events_of([amina], on=date(2026, 6, 30))

    assert found == {amina: {"all": 3, "done": 1, "late": 1}}


def test_a_reading_is_told_with_the_day_it_was_here(town: Town) -> None:
    name = next(each for each in THE_LAW.readings() if "." in each)
    other = not THE_LAW.reading(name)
    ReadingChoice.objects.create(
        municipality=town.municipality, name=name, value=other, reason="Prøve"
    )
    ReadingChoice.objects.update(chosen_at=datetime(2026, 6, 29, 22, 30, tzinfo=UTC))
    day = date(2026, 6, 30)
    about = About("Lillevik", day, day, day, day, "Lea", "Alle", 0)

    lines = document(about, [], law=law_here())["readings"]["lines"]

    assert [line[2] for line in lines if line[2].startswith("Kommunen")] == ["Kommunen, 30.06.2026"]


def test_a_report_of_too_many_says_what_to_do(town: Town, monkeypatch: Any) -> None:
    monkeypatch.setattr(services, "MOST_PEOPLE", 1)
    ask(town, whom="all")
    Job.objects.exclude(kind="inspection.make").delete()
    run_one(worker="test")

    page = town.browser(LEA).get(REPORTS).content.decode()
    assert "Rapporten kan ha høyst 1 deltakere" in page
    assert InspectionReport.objects.get().pdf is None


def test_nobody_else_takes_it_out(town: Town) -> None:
    report = make(town, whom="all")
    assert download(town, report, "pdf", KARI).status_code == 403
    report.asked_by_id = town.actor(KARI).user_id
    report.save()
    assert download(town, report, "pdf").status_code == 404


@pytest.mark.parametrize("kind", ["pdf", "xlsx"])
def test_it_is_not_handed_out_once_somebody_in_it_is_hidden(town: Town, kind: str) -> None:
    report = make(town, whom="all")
    assert download(town, report, kind).status_code == 200
    AuditEvent.objects.filter(action="download_inspection_report").delete()
    town.protect("Amina", by=KARI)

    answer = download(town, report, kind)

    assert answer["Location"] == REPORTS
    assert "Lag rapporten på nytt" in town.browser(LEA).get(REPORTS).content.decode()
    assert not AuditEvent.objects.filter(action="download_inspection_report").exists()


def test_a_report_of_nobody_knows_whom_is_made_anew(town: Town) -> None:
    report = make(town, whom="all")
    InspectionReport.objects.update(holds=None)

    assert download(town, report, "pdf")["Location"] == REPORTS


def test_it_goes_when_its_time_is_up(town: Town) -> None:
    report = make(town, whom="all")
    let_go(on=report.keep_until)
    assert download(town, report, "pdf").status_code == 200

    let_go(on=report.keep_until + timedelta(days=1))
    assert download(town, report, "pdf").status_code == 404
    assert "Innholdet er slettet" in town.browser(LEA).get(REPORTS).content.decode()
    report.refresh_from_db()
    assert report.sheet is None


def test_who_gets_the_report_may_read_what_is_in_it(town: Town) -> None:
    parts = ("programme.", "decision.", "plan.", "status.", "clock.", "leave.", "absence.")
    fields = [name for name in FIELDS if name.startswith(parts)]
    leader = town.actor(LEA)

    assert [name for name in fields if not may_read(leader, name)] == []

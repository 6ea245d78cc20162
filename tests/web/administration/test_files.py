"""Files whose day of review comes."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from innpass.casework.audit.models import AuditEvent
from innpass.casework.imports.models import BatchStatus, ImportBatch, SourceFile, SourceRow
from innpass.casework.imports.retention import files_to_review
from innpass.casework.jobs.models import Job
from innpass.casework.organisations.models import Membership
from innpass.domain.access.roles import Role
from tests.casework.reconciliation import little
from tests.factories.cast import ADA, FIRST_DAY, KARI, MONTH, Town

pytestmark = pytest.mark.django_db

DUE = date(2028, 6, 30)  # two years after the files were handed in


def address() -> str:
    return reverse("administration:files")


@pytest.fixture
def two_years_on(settings: Any, town: Town) -> Town:
    settings.INNPASS_TODAY = DUE
    return town


@pytest.fixture
def ada(two_years_on: Town) -> Client:
    return two_years_on.browser(ADA)


def the_file() -> SourceFile:
    found: SourceFile = SourceFile.objects.get(name=MONTH)
    return found


def posted(act: str, **more: str) -> dict[str, str]:
    return {"file": str(the_file().pk), "act": act, "reason": "Arkivplanen", **more}


def test_nothing_is_said_before_the_time_comes(town: Town) -> None:
    response = town.browser(ADA).get(address())

    assert response.context["page"].files == ()
    assert response.context["chrome"].files_due == 0
    assert "Ingen filer skal vurderes nå" in response.content.decode()


@pytest.mark.parametrize(
    ("today", "shown"),
    [(date(2028, 3, 31), False), (date(2028, 4, 1), True), (date(2028, 6, 29), True)],
)
def test_a_file_is_listed_ninety_days_ahead(
    settings: Any, town: Town, today: date, shown: bool
) -> None:
    settings.INNPASS_TODAY = today
    response = town.browser(ADA).get(address())

    assert [file.is_due for file in response.context["page"].files] == [False] * shown
    assert response.context["chrome"].files_due == 0


def test_the_menu_counts_what_is_due_for_the_administrator_alone(ada: Client, town: Town) -> None:
    response = ada.get(address())

    (file,) = response.context["page"].files
    assert (file.is_due, file.is_applied, file.body) == (True, True, "Flyktningtjenesten")
    assert file.rows == SourceRow.objects.filter(file=the_file()).count() > 0
    assert '<span class="ds-sr-only"> til vurdering</span>' in response.content.decode()
    others = town.browser(KARI).get(reverse("administration:fields"))
    assert others.context["chrome"].files_due == 0
    assert "til vurdering" not in others.content.decode()


def test_the_administrator_does_not_read_file_names(ada: Client) -> None:
    assert MONTH not in ada.get(address()).content.decode()


def test_who_also_reads_where_values_come_from_sees_the_names(two_years_on: Town) -> None:
    where = Membership.objects.get(user=two_years_on.users[KARI])
    Membership.objects.create(
        municipality=where.municipality,
        organisation=where.organisation,
        user=where.user,
        role=Role.ADMINISTRATOR,
        first_day=FIRST_DAY,
    )

    assert MONTH in two_years_on.browser(KARI).get(address()).content.decode()


def test_deleting_takes_the_content_and_leaves_the_rows(ada: Client, town: Town) -> None:
    rows = list(SourceRow.objects.order_by("pk").values_list("pk", "state"))
    assert bytes(the_file().content)

    response = ada.post(address(), posted("delete"), follow=True)

    assert "Innholdet i 1 fil er slettet." in response.content.decode()
    assert response.context["page"].files == ()
    assert response.context["chrome"].files_due == 0
    file = the_file()
    assert bytes(file.content) == b""
    assert file.content_deleted_at
    assert file.is_current
    assert list(SourceRow.objects.order_by("pk").values_list("pk", "state")) == rows
    event = AuditEvent.objects.get(action="delete_file_content")
    assert (event.subject_id, event.actor_id) == (file.pk, town.users[ADA].pk)
    assert event.reason == "Arkivplanen"
    assert file.batch
    assert file.batch.status == BatchStatus.APPLIED


def test_the_same_sheet_can_still_be_imported_afterwards(ada: Client, town: Town) -> None:
    ada.post(address(), posted("delete"))

    preview = town.take_in({"flyktning juli.xlsx": little.refugee()})

    assert not any(file["problem"] for file in preview["files"])
    assert town.people("Amina")


def test_keeping_moves_the_day(ada: Client) -> None:
    ada.post(address(), posted("keep", new_day="2029-06-30"))

    assert the_file().keep_until == date(2029, 6, 30)
    assert bytes(the_file().content)
    event = AuditEvent.objects.get(action="keep_file")
    assert event.changes == {"keep_until": ["2028-06-30", "2029-06-30"]}
    assert not files_to_review(until=DUE).exists()


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"act": "keep", "reason": "x"}, "Velg dagen filene skal vurderes på nytt."),
        ({"act": "keep", "reason": "x", "new_day": "2028-06-30"}, "Velg en dag som kommer"),
        ({"act": "keep", "reason": "x", "new_day": "2033-07-01"}, "senest 30.06.2033"),
        ({"act": "keep", "reason": "x", "new_day": "tull"}, "Skriv en dato"),
        ({"act": "delete"}, "Skriv hvorfor."),
        ({"reason": "x"}, "Velg om innholdet skal slettes eller beholdes."),
        ({"act": "delete", "reason": "x", "file": "tull"}, "Velg minst én fil i listen."),
    ],
)
def test_what_is_missing_gets_a_sentence_and_nothing_is_lost(
    ada: Client, sent: dict[str, str], sentence: str
) -> None:
    response = ada.post(address(), {"file": str(the_file().pk), **sent})

    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert [file.is_chosen for file in response.context["page"].files] == [sent.get("file") is None]
    assert bytes(the_file().content)


def test_what_is_not_due_cannot_be_deleted(town: Town) -> None:
    response = town.browser(ADA).post(address(), posted("delete"), follow=True)

    assert "Noen av filene var alt vurdert." in response.content.decode()
    assert bytes(the_file().content)


def test_an_import_that_was_never_applied_is_put_aside(ada: Client, town: Town) -> None:
    batch = ImportBatch.objects.create(municipality=town.municipality, status=BatchStatus.READY)
    file = SourceFile.objects.create(
        municipality=town.municipality, batch=batch, name="a.xlsx", digest="", size=1,
        content=b"a", keep_until=DUE,
    )  # fmt: skip

    ada.post(address(), posted("delete", file=str(file.pk)))

    batch.refresh_from_db()
    assert batch.status == BatchStatus.CANCELLED
    assert AuditEvent.objects.filter(action="cancel_import", subject_id=batch.pk).count() == 1
    assert not the_file().content_deleted_at


def test_a_file_that_is_being_read_is_left_alone(ada: Client, town: Town) -> None:
    job = Job.objects.create(municipality=town.municipality, kind="preview_import")
    batch = ImportBatch.objects.create(
        municipality=town.municipality, status=BatchStatus.READING, job_id=job.pk
    )
    file = SourceFile.objects.create(
        municipality=town.municipality, batch=batch, name="a.xlsx", digest="", size=1,
        content=b"a", keep_until=DUE,
    )  # fmt: skip

    response = ada.post(address(), posted("delete", file=str(file.pk)), follow=True)

    assert "i arbeid akkurat nå" in response.content.decode()
    file.refresh_from_db()
    assert not file.content_deleted_at


def test_more_files_ask_no_more_of_the_database(
    ada: Client, town: Town, django_assert_num_queries: Any
) -> None:
    with CaptureQueriesContext(connection) as one:
        ada.get(address())
    batch = the_file().batch
    for number in range(5):
        SourceFile.objects.create(
            municipality=town.municipality, batch=batch, name=f"{number}.xlsx", digest="", size=1,
            content=b"a", keep_until=DUE,
        )  # fmt: skip
    with django_assert_num_queries(len(one)):
        ada.get(address())

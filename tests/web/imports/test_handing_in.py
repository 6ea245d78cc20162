"""The list of imports and the upload."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from innpass.casework.audit.models import AuditEvent
from innpass.casework.imports.models import BatchStatus, ImportBatch, SourceFile
from innpass.casework.jobs.models import Job
from innpass.web.imports import forms
from tests.casework.reconciliation import little
from tests.factories.cast import ADA, KARI, LEA, LIV, MONTH, NINA, ODD, RAGNHILD, SIRI, Town

pytestmark = pytest.mark.django_db


def hand_in(client: Client, *files: tuple[str, bytes], **said: str) -> Any:
    return client.post(
        reverse("imports:upload"),
        {"files": [SimpleUploadedFile(name, content) for name, content in files], **said},
    )


# The list


def test_the_list_names_files_state_counts_and_who(town: Town) -> None:
    response = town.browser(KARI).get(reverse("imports:imports"))

    (row,) = response.context["page"].batches
    assert (row.files, row.state, row.by) == ((MONTH,), "applied", "Kommandolinjen")
    assert (row.new_people, row.changed_people, row.questions) == (3, 0, 0)
    assert row.href in response.content.decode()


def test_the_list_counts_only_people_one_may_see(town: Town) -> None:
    town.protect("Celine")

    seen = {
        who: town.browser(who).get(reverse("imports:imports")).context["page"].batches[0].new_people
        for who in (RAGNHILD, KARI)
    }

    assert seen == {RAGNHILD: 3, KARI: 2}


def test_the_list_has_pages_and_a_fixed_number_of_queries(
    town: Town, django_assert_max_num_queries: Any
) -> None:
    for _ in range(30):
        ImportBatch.objects.create(
            municipality=town.municipality, status=BatchStatus.CANCELLED, created_at=timezone.now()
        )
    browser = town.browser(KARI)
    browser.get(reverse("imports:imports"))

    with django_assert_max_num_queries(12):
        first = browser.get(reverse("imports:imports")).context["page"]
    second = browser.get(reverse("imports:imports") + "?side=2").context["page"]

    assert (len(first.batches), len(second.batches)) == (25, 6)
    assert first.paging.next_href.endswith("?side=2")


def test_another_municipality_sees_none(town: Town) -> None:
    response = town.browser(SIRI).get(reverse("imports:imports"))

    assert response.context["page"].batches == ()
    assert MONTH not in response.content.decode()


# The upload


def test_the_form_says_formats_and_size(town: Town) -> None:
    response = town.browser(KARI).get(reverse("imports:upload"))

    assert response.status_code == 200
    assert 'accept=".xlsx,.xlsm,.xls,.ods,.csv"' in response.content.decode()
    assert "inntil 20 MB per fil" in response.content.decode()


def test_files_are_kept_sealed_and_wait_for_the_worker(town: Town) -> None:
    response = hand_in(town.browser(KARI), ("a.xlsx", little.nav()), ("b.csv", b"tull"))

    batch = ImportBatch.objects.latest("created_at")
    assert response.headers["Location"] == reverse("imports:batch", args=[batch.pk])
    assert batch.created_by == town.users[KARI]
    assert set(batch.files.values_list("name", flat=True)) == {"a.xlsx", "b.csv"}
    job = Job.objects.get(pk=batch.job_id)
    assert (job.kind, job.arguments) == ("import.preview", {"batch": str(batch.pk)})
    assert AuditEvent.objects.filter(action="receive_files", subject_id=batch.pk).count() == 1


def test_the_owner_may_be_said(town: Town) -> None:
    hand_in(town.browser(ODD), ("liste.csv", b"a;b"), body="nav")

    assert SourceFile.objects.latest("batch__created_at").body == "nav"


@pytest.mark.parametrize("said", [{}, {"body": "politiet"}])
def test_nothing_is_kept_when_something_is_wrong(town: Town, said: dict[str, str]) -> None:
    before = ImportBatch.objects.count()

    files = [("a.csv", b"a;b")] if said else []
    response = hand_in(town.browser(KARI), *files, **said)

    assert response.status_code == 422
    assert ImportBatch.objects.count() == before
    if not said:
        assert "Velg minst ett regneark." in response.content.decode()


def test_a_file_that_is_too_large_is_refused_with_a_sentence(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forms, "LARGEST_FILE", forms.MIB)
    before = ImportBatch.objects.count()

    response = hand_in(town.browser(KARI), ("stor.xlsx", b"x" * (forms.MIB + 1)), ("a.csv", b"a"))

    assert response.status_code == 422
    assert "stor.xlsx er større enn 1 MB" in response.content.decode()
    assert ImportBatch.objects.count() == before


def test_a_request_that_is_too_large_is_refused_unread(town: Town) -> None:
    class Unread:
        def read(self, size: int = -1) -> bytes:
            raise AssertionError("the body must not be read")

        readline = read

    response = town.browser(KARI).generic(
        "POST",
        reverse("imports:upload"),
        b"",
        content_type="multipart/form-data; boundary=x",
        CONTENT_LENGTH=str(forms.LARGEST_REQUEST + 1),
        **{"wsgi.input": Unread()},  # type: ignore[arg-type]
    )

    assert response.status_code == 413
    assert "til sammen større enn 100 MB" in response.content.decode()


def test_the_upload_is_guarded_against_forged_requests(town: Town) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(town.users[KARI])

    assert hand_in(browser, ("a.csv", b"a;b")).status_code == 403


# Who may


@pytest.mark.parametrize("who", [LEA, NINA, ADA])
@pytest.mark.parametrize("view", ["imports:imports", "imports:upload"])
def test_who_does_not_import_is_told_who_does(town: Town, who: str, view: str) -> None:
    response = town.browser(who).get(reverse(view))

    assert response.status_code == 403
    assert "Du har ikke lov til å importere filer. Det kan" in response.content.decode()


@pytest.mark.parametrize("who", [KARI, ODD, LIV])
def test_each_body_hands_in(town: Town, who: str) -> None:
    assert town.browser(who).get(reverse("imports:upload")).status_code == 200


@pytest.mark.parametrize("view", ["imports:imports", "imports:upload"])
def test_nobody_enters_without_signing_in(client: Client, view: str) -> None:
    response = client.get(reverse(view))

    assert response.status_code == 302
    assert response.headers["Location"].startswith(reverse("account_login"))


def test_the_list_is_only_read_and_the_upload_never_put(town: Town) -> None:
    browser = town.browser(KARI)

    assert browser.post(reverse("imports:imports")).status_code == 405
    assert browser.put(reverse("imports:upload")).status_code == 405

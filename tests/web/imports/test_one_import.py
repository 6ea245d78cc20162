"""One address per import: progress, preview, result, and what moves it on."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from innpass.casework.imports.models import BatchStatus, ImportBatch
from innpass.casework.jobs.models import Job, JobStatus
from innpass.casework.jobs.running import run_one
from innpass.casework.participants.models import Participant
from innpass.casework.reconciliation.services import (
    apply_import,
    preview_import,
    start_apply,
    start_preview,
)
from tests.casework.reconciliation import little
from tests.casework.reconciliation.importing import workbook
from tests.casework.reconciliation.little import AMINA, BOHDAN, CELINE, DARIA
from tests.factories.cast import ADA, KARI, LEA, LIV, MONTH, ODD, RAGNHILD, SIRI, Town

pytestmark = pytest.mark.django_db

REMARK = "Zoppgitt merknad"


def address(batch: ImportBatch, view: str = "batch") -> str:
    return reverse(f"imports:{view}", args=[batch.pk])


def next_month(**changes: Any) -> dict[str, bytes]:
    """Celine is gone, Daria is new, Bohdan's goal differs."""
    return {
        MONTH: little.refugee(
            (AMINA, BOHDAN, DARIA), {BOHDAN: {"Sluttmål": "Utdanning", "Fornavn": "Bohdan"}}
        ),
        **changes,
    }


def waiting(town: Town, files: dict[str, bytes] | None = None, by: str = RAGNHILD) -> ImportBatch:
    batch = town.receive(files or next_month(), by=by)
    start_preview(batch=batch, by=town.actor(by))
    return batch


def ready(town: Town, files: dict[str, bytes] | None = None, by: str = RAGNHILD) -> ImportBatch:
    batch = waiting(town, files, by)
    preview_import(batch=batch, by=town.actor(by))
    return batch


def shown(town: Town, batch: ImportBatch, who: str = RAGNHILD) -> Any:
    return town.browser(who).get(address(batch)).context["page"]


# Progress


def test_a_waiting_import_shows_its_stages(town: Town) -> None:
    batch = waiting(town)

    response = town.browser(KARI).get(address(batch))

    page = response.context["page"]
    assert "imports/progress.html" in [template.name for template in response.templates]
    assert (page.now, page.percent, page.obstacle) == ("Venter på tur", 0, "")
    assert {stage.state for stage in page.stages} == {"later"}


def test_a_running_import_shows_how_far_it_has_come(town: Town) -> None:
    batch = waiting(town)
    Job.objects.filter(pk=batch.job_id).update(
        status=JobStatus.RUNNING,
        worker="w",
        lease_until=timezone.now() + timedelta(minutes=1),
        progress_done=100,
        progress_total=400,
        message="Kobler radene til personer",
    )

    page = shown(town, batch)

    assert (page.now, page.percent) == ("Kobler radene til personer", 25)
    assert [stage.state for stage in page.stages] == ["done", "now", "later", "later"]


def test_the_fragment_is_the_same_part_of_the_page(town: Town) -> None:
    batch = waiting(town)
    browser = town.browser(KARI)

    whole = browser.get(address(batch)).content.decode()
    part = browser.get(address(batch), headers={"HX-Request": "true"}).content.decode()

    assert part.strip() in whole
    assert part.strip().startswith('<section id="progress"')
    assert "<html" not in part


def test_asking_for_the_part_of_a_finished_import_leads_to_the_page(town: Town) -> None:
    batch = ready(town)

    response = town.browser(KARI).get(address(batch), headers={"HX-Request": "true"})

    assert response.headers["HX-Redirect"] == address(batch)
    assert response.content == b""


def test_a_page_without_a_worker_says_so(town: Town) -> None:
    batch = waiting(town)
    Job.objects.filter(pk=batch.job_id).update(created_at=timezone.now() - timedelta(seconds=16))

    assert "Ingen arbeidsprosess tar imot nå" in shown(town, batch).obstacle


def test_a_worker_that_is_busy_elsewhere_is_no_obstacle(town: Town) -> None:
    batch = waiting(town)
    Job.objects.filter(pk=batch.job_id).update(created_at=timezone.now() - timedelta(minutes=5))
    Job.objects.create(
        municipality=town.elsewhere,
        kind="import.preview",
        status=JobStatus.RUNNING,
        worker="w",
        lease_until=timezone.now() + timedelta(minutes=1),
    )

    assert shown(town, batch).obstacle == ""


def test_a_worker_that_fell_silent_is_an_obstacle(town: Town) -> None:
    batch = waiting(town)
    Job.objects.filter(pk=batch.job_id).update(
        status=JobStatus.RUNNING, worker="w", lease_until=timezone.now() - timedelta(seconds=1)
    )

    assert shown(town, batch).obstacle


def test_what_the_worker_could_not_do_is_told(town: Town) -> None:
    batch = waiting(town)
    Job.objects.filter(pk=batch.job_id).update(status=JobStatus.FAILED, error="Det gikk ikke.")

    page = shown(town, batch)

    assert (page.state, page.sentence) == ("failed", "Det gikk ikke.")


# The whole way


def test_the_worker_reads_and_applies(town: Town) -> None:
    browser = town.browser(RAGNHILD)
    batch = waiting(town)

    assert run_one(worker="w") is not None
    assert browser.get(address(batch)).context["page"].new_total == 1
    assert browser.post(address(batch, "apply")).headers["Location"] == address(batch)
    assert browser.get(address(batch)).context["page"].state == "applying"
    assert run_one(worker="w") is not None

    page = browser.get(address(batch)).context["page"]
    assert (page.state, page.new_total, page.changed_total) == ("applied", 1, 1)
    assert Participant.objects.filter(given_name="Daria").exists()


def test_a_running_import_says_how_long_it_has_gone_on(town: Town) -> None:
    """Applying is one transaction, of which nothing shows until it is done."""
    batch = waiting(town)
    for ago, said in (
        (1, "Har holdt på i 1 sekund."),
        (42, "Har holdt på i 42 sekunder."),
        (65, "Har holdt på i 1 minutt og 5 s."),
    ):
        Job.objects.filter(pk=batch.job_id).update(
            status=JobStatus.RUNNING,
            worker="w",
            started_at=timezone.now() - timedelta(seconds=ago),
            lease_until=timezone.now() + timedelta(minutes=1),
        )
        assert shown(town, batch).elapsed == said


def test_the_result_names_who_is_new_changed_and_gone(town: Town) -> None:
    applied = ImportBatch.objects.get(status=BatchStatus.APPLIED).applied_at
    batch = ready(town)
    apply_import(batch=batch, by=town.actor(RAGNHILD))

    page = shown(town, batch)

    (daria,) = page.new_people
    (bohdan,) = page.changed_people
    (celine,) = page.gone_rows
    assert (daria.name, daria.note) == ("Daria Savenko", "født 30. aug. 2000")
    assert [(d.field, d.before, d.after) for d in bohdan.differences] == [
        ("Sluttmål", "arbeid", "utdanning")
    ]
    assert celine.last_seen == timezone.localtime(applied).date()
    assert (page.gone_total, page.unchanged_total) == (1, 2)
    browser = town.browser(RAGNHILD)
    html = browser.get(address(batch)).content.decode()
    for entry in (daria, bohdan, celine):
        assert f'href="{entry.href}"' in html
        assert entry.name.split()[0] in browser.get(entry.href).content.decode()
    assert "ny person<" in html
    assert "rad er borte<" in html
    assert "fil<" in html


def test_a_preview_names_the_new_without_a_page_of_their_own(town: Town) -> None:
    page = shown(town, ready(town))

    assert page.new_people[0].href == ""
    assert page.changed_people[0].href


def test_a_protected_person_is_in_nobody_elses_result(town: Town) -> None:
    batch = ready(town)
    apply_import(batch=batch, by=town.actor(RAGNHILD))

    for name in ("Daria", "Celine", "Bohdan"):
        town.protect(name)

    page = shown(town, batch, KARI)
    html = town.browser(KARI).get(address(batch)).content.decode()
    assert (page.new_total, page.changed_total, page.gone_total) == (0, 0, 0)
    assert not any(name in html for name in ("Daria", "Celine", "Bohdan"))
    assert len(shown(town, batch).new_people) == 1


def test_a_result_cut_to_what_one_may_read(town: Town) -> None:
    batch = ready(town, {"oversikt.xlsx": little.overview(changes={AMINA: {"Merknad": REMARK}})})
    apply_import(batch=batch, by=town.actor(RAGNHILD))

    said = {who: town.browser(who).get(address(batch)).content.decode() for who in (KARI, LIV)}

    assert REMARK in said[KARI]
    assert REMARK not in said[LIV]


def test_files_that_cannot_be_read_end_with_a_sentence_each(town: Town) -> None:
    batch = ready(town, {"a.xlsx": b"%PDF-1.4", "b.csv": b""})

    page = shown(town, batch)

    assert (page.state, page.sentence) == ("failed", "Ingen av filene kunne leses.")
    assert [file.state for file in page.files] == ["not_read", "not_read"]
    assert all(file.sentence.endswith(".") for file in page.files)


NOBODYS = "Navn;Fødselsdato\nAmina Haddad;04.05.1990\nDaria Savenko;30.08.2000\n".encode()


def test_whose_file_it_is_can_be_said_where_nobody_knew(town: Town) -> None:
    batch = ready(town, {"liste.csv": NOBODYS}, by=LIV)
    (file,) = shown(town, batch, LIV).files
    form = file.owner_form

    browser = town.browser(LIV)
    answer = browser.post(form.href, {"file": form.file, "body": "learning"})
    batch.refresh_from_db()
    preview_import(batch=batch, by=town.actor(LIV))

    assert (answer.status_code, batch.status) == (302, BatchStatus.READY)
    page = shown(town, batch, LIV)
    assert [(each.state, each.owner_form) for each in page.files] == [("read", None)]


def test_among_other_files_it_is_asked_in_the_preview(town: Town) -> None:
    batch = ready(town, {"liste.csv": NOBODYS, **next_month()})

    page = shown(town, batch)

    assert [bool(file.owner_form) for file in page.files] == [False, True]
    assert 'name="body"' in town.browser(RAGNHILD).get(address(batch)).content.decode()


def test_whose_file_it_is_says_nobody_from_another_body(town: Town) -> None:
    batch = ready(town, {"liste.csv": NOBODYS}, by=RAGNHILD)
    form = shown(town, batch).files[0].owner_form

    answer = town.browser(LIV).post(form.href, {"file": form.file, "body": "learning"})

    assert shown(town, batch, LIV).files[0].owner_form is None
    assert answer.status_code == 403
    assert batch.files.get().body == ""


@pytest.mark.parametrize("body", ["", "hand", "tull"])
def test_a_body_that_is_none_is_answered_with_a_sentence(town: Town, body: str) -> None:
    batch = ready(town, {"liste.csv": NOBODYS})
    form = shown(town, batch).files[0].owner_form

    answer = town.browser(RAGNHILD).post(form.href, {"file": form.file, "body": body}, follow=True)

    assert "Velg hvem filen kommer fra." in answer.content.decode()
    assert batch.files.get().body == ""


def test_whose_file_it_is_is_not_said_after_it_was_put_aside(town: Town) -> None:
    batch = ready(town, {"liste.csv": NOBODYS})
    form = shown(town, batch).files[0].owner_form
    town.browser(RAGNHILD).post(address(batch, "cancel"))

    answer = town.browser(RAGNHILD).post(form.href, {"file": form.file, "body": "nav"}, follow=True)

    assert "kan ikke velges her" in answer.content.decode()


# The preview


def test_the_preview_shows_who_is_new_changed_and_gone(town: Town) -> None:
    page = shown(town, ready(town))

    assert [person.name for person in page.new_people] == ["Daria Savenko"]
    assert page.new_people[0].note == "født 30. aug. 2000"
    (bohdan,) = page.changed_people
    (goal,) = bohdan.differences
    assert (goal.field, goal.before, goal.after) == ("Sluttmål", "arbeid", "utdanning")
    assert goal.place.startswith(f"{MONTH}, Deltakere, ")
    assert [row.name for row in page.gone_rows] == ["Celine Mukendi"]
    assert page.gone_rows[0].last_seen is not None
    assert (page.new_total, page.changed_total, page.unchanged_total, page.gone_total) == (
        1,
        1,
        2,
        1,
    )


def test_the_preview_says_why_rows_belong_to_a_person(town: Town) -> None:
    (daria,) = shown(town, ready(town)).new_people

    assert daria.links[0] == (
        f"Rad 4 i {MONTH}, Deltakere: samme Visma-nummer hos flyktningtjenesten og samme navn."
    )


def test_a_question_says_where_and_who_answers(town: Town) -> None:
    batch = ready(
        town, {"oversikt.xlsx": little.overview(changes={AMINA: {"Infomøte": "ca. uke 34"}})}
    )

    (question,) = shown(town, batch).questions

    assert "«ca. uke 34»" in question.sentence
    assert question.place.startswith("oversikt.xlsx, 2026, ")
    assert question.answered_by == "Nav"


def test_fields_one_may_not_read_are_left_out(town: Town) -> None:
    batch = ready(town, {"oversikt.xlsx": little.overview(changes={AMINA: {"Merknad": REMARK}})})

    said = {who: town.browser(who).get(address(batch)).content.decode() for who in (KARI, LIV)}

    assert REMARK in said[KARI]
    assert REMARK not in said[LIV]
    assert "Merknad" not in said[LIV]


def test_a_protected_person_is_in_nobody_elses_preview(town: Town) -> None:
    changes: dict[str, Any] = {AMINA: {"Merknad": REMARK, "Infomøte": "ca. uke 34"}}
    batch = ready(town, {"oversikt.xlsx": little.overview(changes=changes)})
    before = shown(town, batch, KARI)

    town.protect("Amina")

    response = town.browser(KARI).get(address(batch))
    page = response.context["page"]
    assert "Haddad" not in response.content.decode()
    assert REMARK not in response.content.decode()
    assert (page.changed_total, page.question_total) == (
        before.changed_total - 1,
        before.question_total - 1,
    )
    assert "Haddad" in town.browser(RAGNHILD).get(address(batch)).content.decode()


def test_a_protected_person_who_changes_nothing_is_not_counted(town: Town) -> None:
    batch = ready(town, {"nav.xlsx": little.nav((BOHDAN,))})
    before = shown(town, batch, KARI).unchanged_total

    town.protect("Celine")

    assert shown(town, batch, KARI).unchanged_total == before - 1
    assert shown(town, batch, RAGNHILD).unchanged_total == before


def test_a_person_left_only_in_the_plan_keeps_what_is_known(town: Town) -> None:
    """Celine is no longer in the department's list, but her hours still are."""
    batch = ready(
        town, {MONTH: workbook(little.refugee_people((AMINA, BOHDAN)), little.schedule())}
    )

    page = shown(town, batch)

    assert [row.name for row in page.gone_rows] == ["Celine Mukendi"]
    assert page.changed_total == 0


# Applying and cancelling


@pytest.mark.parametrize("who", [ODD, LIV])
def test_other_bodies_apply_only_their_own_files(town: Town, who: str) -> None:
    batch = ready(town)

    page = shown(town, batch, who)
    response = town.browser(who).post(address(batch, "apply"))

    assert not page.may_apply
    assert "filer fra din egen tjeneste" in page.obstacle
    assert response.status_code == 403
    assert "filer fra din egen tjeneste" in response.content.decode()
    batch.refresh_from_db()
    assert batch.status == BatchStatus.READY


def test_a_body_applies_its_own_files(town: Town) -> None:
    batch = ready(town, {"nav.xlsx": little.nav((BOHDAN,))}, by=ODD)

    assert shown(town, batch, ODD).may_apply
    town.browser(ODD).post(address(batch, "apply"))

    batch.refresh_from_db()
    assert batch.status == BatchStatus.APPLYING


def test_applying_twice_is_one_job(town: Town) -> None:
    batch = ready(town)
    jobs = Job.objects.count()
    browser = town.browser(RAGNHILD)

    browser.post(address(batch, "apply"))
    response = browser.post(address(batch, "apply"), follow=True)

    assert Job.objects.count() == jobs + 1
    assert "Importen er ikke klar til å tas i bruk." in response.content.decode()


def test_an_apply_that_failed_may_be_tried_again(town: Town) -> None:
    batch = ready(town)
    start_apply(batch=batch, by=town.actor(RAGNHILD))
    Job.objects.filter(pk=batch.job_id).update(status=JobStatus.FAILED, error="Det gikk ikke.")

    page = shown(town, batch)
    town.browser(RAGNHILD).post(address(batch, "apply"))

    assert (page.may_apply, page.obstacle) == (True, "Det gikk ikke.")
    batch.refresh_from_db()
    assert Job.objects.get(pk=batch.job_id).status == JobStatus.WAITING


def test_cancelling_stops_the_job_too(town: Town) -> None:
    batch = waiting(town)

    town.browser(KARI).post(address(batch, "cancel"))

    assert Job.objects.get(pk=batch.job_id).status == JobStatus.CANCELLED
    page = shown(town, batch)
    assert page.state == "cancelled"
    assert run_one(worker="w") is None


def test_stopping_an_apply_says_that_nothing_is_changed(town: Town) -> None:
    batch = ready(town)
    start_apply(batch=batch, by=town.actor(RAGNHILD))

    response = town.browser(RAGNHILD).post(address(batch, "cancel"), follow=True)

    assert "Stoppet. Ingenting er endret" in response.content.decode()
    batch.refresh_from_db()
    assert batch.status == BatchStatus.READY
    assert Job.objects.get(pk=batch.job_id).status == JobStatus.CANCELLED
    assert shown(town, batch).may_apply


@pytest.mark.parametrize(
    ("who", "may"), [(RAGNHILD, True), (KARI, True), (ODD, True), (LIV, False)]
)
def test_who_puts_an_import_aside(town: Town, who: str, may: bool) -> None:
    """The body whose files they are, its colleagues in the refugee department, nobody else."""
    batch = ready(town, {"nav.xlsx": little.nav((BOHDAN,))}, by=RAGNHILD)

    page = shown(town, batch, who)
    response = town.browser(who).post(address(batch, "cancel"))

    assert page.may_cancel is may
    assert response.status_code == (302 if may else 403)
    batch.refresh_from_db()
    assert (batch.status == BatchStatus.CANCELLED) is may


def test_who_handed_an_import_in_may_put_it_aside(town: Town) -> None:
    batch = ready(town, by=LIV)

    assert shown(town, batch, LIV).may_cancel
    assert not shown(town, batch, LIV).may_apply


def test_what_is_applied_is_not_cancelled(town: Town) -> None:
    batch = ImportBatch.objects.get(status=BatchStatus.APPLIED)

    response = town.browser(KARI).post(address(batch, "cancel"), follow=True)

    assert "kan ikke forkastes" in response.content.decode()
    batch.refresh_from_db()
    assert batch.status == BatchStatus.APPLIED


# Who may


@pytest.mark.parametrize("view", ["batch", "apply", "cancel"])
def test_another_municipality_finds_nothing(town: Town, view: str) -> None:
    batch = ready(town)
    browser = town.browser(SIRI)

    response = (browser.get if view == "batch" else browser.post)(address(batch, view))

    assert response.status_code == 404
    batch.refresh_from_db()
    assert batch.status == BatchStatus.READY


@pytest.mark.parametrize("view", ["batch", "apply", "cancel"])
@pytest.mark.parametrize("who", [LEA, ADA])
def test_who_does_not_import_is_refused(town: Town, view: str, who: str) -> None:
    batch = ImportBatch.objects.get()
    browser = town.browser(who)

    response = (browser.get if view == "batch" else browser.post)(address(batch, view))

    assert response.status_code == 403
    assert "Du har ikke lov til å importere filer." in response.content.decode()


@pytest.mark.parametrize("view", ["batch", "apply", "cancel"])
def test_wrong_method_and_nobody(town: Town, client: Client, view: str) -> None:
    batch = ImportBatch.objects.get()
    browser = town.browser(KARI)

    wrong = (browser.post if view == "batch" else browser.get)(address(batch, view))
    nobody = (client.get if view == "batch" else client.post)(address(batch, view))

    assert wrong.status_code == 405
    assert nobody.status_code == 302
    assert CELINE not in nobody.content.decode()


def test_a_large_import_that_is_done_is_paged(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("innpass.casework.reconciliation.preview.LISTED", 1)
    monkeypatch.setattr("innpass.web.imports.previewing._PAGE_SIZE", 1)
    batch = ready(town, {"ny.xlsx": little.learning()})
    apply_import(batch=batch, by=town.actor(RAGNHILD))
    browser = town.browser(RAGNHILD)

    def listed(query: str) -> tuple[Any, int]:
        with CaptureQueriesContext(connection) as caught:
            page = browser.get(address(batch) + query).context["page"]
        return page, len(caught)

    whole, _ = listed("")
    first, few = listed("?endret=1")
    second, many = listed("?endret=2")

    assert whole.changed_total > 1
    assert first.changed_people[0].differences
    assert (second.changed_people[0].differences, bool(second.changed_people[0].href)) == ((), True)
    assert first.changed_people[0].name != second.changed_people[0].name
    assert many <= few + 1  # the names of those of whom no more is kept, however many
    assert second.changed_paging.first == 2
    assert browser.get(address(batch) + "?endret=tull&nye=999999").status_code == 200

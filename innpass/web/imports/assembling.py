"""Filling the import pages that say where an import stands."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from innpass.casework.imports.queries import ImportBatch, State, batches, state_of
from innpass.casework.imports.services import may_cancel
from innpass.casework.jobs.queries import waits_in_vain
from innpass.casework.participants.queries import hidden_people
from innpass.casework.reconciliation.queries import visible_totals
from innpass.casework.reconciliation.reading import A_STAGE, STAGES_AFTER
from innpass.domain.access.roles import Actor
from innpass.web.design.pages import paging
from innpass.web.design.words import BODIES
from innpass.web.imports.forms import LARGEST_FILE, MIB, SUFFIXES, UploadForm
from innpass.web.imports.pages import (
    BatchRow,
    FileReport,
    ImportsPage,
    OwnerForm,
    ProgressPage,
    ProgressStage,
    UnreadColumn,
    UploadPage,
)

PAGE_SIZE = 25
_WRITING = {  # what is done last, by the state of the import; reading a file writes nothing
    "applying": gettext_lazy("Tar importen i bruk"),
    "undoing": gettext_lazy("Angrer importen"),
}


def address_of(batch: ImportBatch) -> str:
    """Return where one sees an import, whatever its state."""
    return reverse("imports:batch", args=[batch.pk])


def handed_in_by(batch: ImportBatch) -> str:
    """Name who handed the files in."""
    return str(batch.created_by) if batch.created_by else _("Kommandolinjen")


def imports_page(*, actor: Actor, number: int) -> ImportsPage:
    """Return one page of the list."""
    every = batches()
    pages = paging(
        number=number,
        size=PAGE_SIZE,
        total=every.count(),
        href=lambda n: reverse("imports:imports") + (f"?side={n}" if n > 1 else ""),
    )
    start = max(pages.first - 1, 0)
    hidden = {str(pk) for pk in hidden_people(actor)}
    return ImportsPage(
        batches=tuple(_row(batch, hidden) for batch in every[start : start + PAGE_SIZE]),
        paging=pages,
    )


def _row(batch: ImportBatch, hidden: set[str]) -> BatchRow:
    state = state_of(batch)
    totals = visible_totals(batch.preview or {}, hidden=hidden)
    return BatchRow(
        href=address_of(batch),
        at=batch.created_at,
        by=handed_in_by(batch),
        files=tuple(file.name for file in batch.files.all()),
        state=state.code,
        new_people=totals.get("new"),
        changed_people=totals.get("changed"),
        questions=totals.get("questions"),
    )


def upload_page(*, form: UploadForm, errors: Sequence[str]) -> UploadPage:
    """Return the upload."""
    return UploadPage(
        form=form,
        formats=",".join(SUFFIXES),
        formats_in_words=_("Excel (xlsx, xlsm, xls), OpenDocument (ods) eller CSV"),
        largest_megabytes=LARGEST_FILE // MIB,
        errors=tuple(errors),
    )


def progress_page(batch: ImportBatch, state: State, *, actor: Actor) -> ProgressPage:
    """Return how far the worker has come."""
    names = tuple(batch.files.values_list("name", flat=True))  # not the files: it is polled
    is_undoing = state.code in ("undoing", "foreseeing")
    files = 0 if is_undoing else len(names)  # whose rows are read from the database
    job = state.job
    done = job.progress_done if job else 0
    total = (job.progress_total if job else 0) or (files + STAGES_AFTER) * A_STAGE
    writing = _WRITING.get(state.code)
    has_begun = state.code != "waiting" and bool(job and job.status == "running")
    doing = job.message if job and has_begun and job.message else _("Venter på tur")
    if job is None:
        doing = _("Arbeider fra kommandolinjen")
    elif has_begun and writing and done >= total:
        doing = str(writing)
    elif has_begun and not job.message:
        doing = _("Begynner")
    steps = total + A_STAGE if writing else total
    return ProgressPage(
        id=batch.pk,
        href=address_of(batch),
        state=state.code,
        percent=min(99, round(100 * done / steps)) if has_begun else 0,
        now=doing,
        stages=_stages(files, done // A_STAGE if has_begun else -1, writing=writing),
        may_cancel=may_cancel(actor, batch),
        files=names,
        elapsed=_elapsed(job.started_at) if job and job.started_at and has_begun else "",
        obstacle=_obstacle(state) if job and waits_in_vain(job) else "",
    )


def undo_preview_page(batch: ImportBatch, state: State, *, actor: Actor) -> ProgressPage:
    """Return how far the worker has come with what undoing would change."""
    href = reverse("imports:undo_preview", args=[batch.pk])
    return replace(progress_page(batch, state, actor=actor), href=href, may_cancel=False)


def _obstacle(state: State) -> str:
    """Say why nothing moves."""
    if state.code == "undoing":
        return _(
            "Ingen arbeidsprosess tar imot nå, så ingenting er angret ennå. Arbeidet begynner av "
            "seg selv når «innpass worker» går igjen. Si fra til den som drifter Innpass."
        )
    if state.code == "foreseeing":
        return _(
            "Ingen arbeidsprosess tar imot nå, så det er ikke regnet ut ennå hva som endres. "
            "Arbeidet begynner av seg selv når «innpass worker» går igjen. Si fra til den som "
            "drifter Innpass."
        )
    return _(
        "Ingen arbeidsprosess tar imot nå, så importen står stille. Filene er trygt lagret, og "
        "arbeidet begynner av seg selv når «innpass worker» går igjen. Si fra til den som "
        "drifter Innpass."
    )


def _elapsed(since: datetime) -> str:
    """Say how long ago something was."""
    seconds = max(0, int((now() - since).total_seconds()))
    if seconds < 60:
        said = ngettext("%(count)s sekund", "%(count)s sekunder", seconds) % {"count": seconds}
    else:
        minutes = seconds // 60
        said = ngettext("%(count)s minutt", "%(count)s minutter", minutes) % {"count": minutes}
        said += _(" og %(seconds)s s") % {"seconds": seconds % 60}
    return _("Har holdt på i %(time)s.") % {"time": said}


def _stages(files: int, done: int, *, writing: Any) -> tuple[ProgressStage, ...]:
    """Return the stages; the worker counts a step per file and one for each stage after."""
    labels = [(_("Leser filene"), 0, files)] if files else []
    labels += [
        (_("Kobler radene til personer"), files, files + 1),
        (_("Finner hva som gjelder for hver person"), files + 1, files + 2),
        (_("Sammenligner med det som er lagret"), files + 2, files + 3),
    ]
    if writing:
        labels.append((str(writing), files + 3, files + 4))
    return tuple(
        ProgressStage(
            label=label,
            state="done" if done >= last else "now" if done >= first else "later",
            note=_("%(done)s av %(all)s") % {"done": min(done, files), "all": files}
            if files and first == 0 and done >= 0
            else "",
        )
        for label, first, last in labels
    )


def only_edits(batch: ImportBatch) -> str:
    """Return where the edits are shown of an import that is one sheet that Innpass wrote."""
    files = (batch.preview or {}).get("files", [])
    if len(files) != 1 or not files[0].get("came_back"):
        return ""
    return reverse("round_trip:returned", args=[files[0]["came_back"]])


def file_reports(
    files: Sequence[Mapping[str, Any]], *, owner_href: str = ""
) -> tuple[FileReport, ...]:
    """Say what was read from each file.

    Args:
        owner_href: where the viewer may say which body a file comes from; empty where not.
    """
    return tuple(
        FileReport(
            name=file["name"],
            state=_state(file),
            body=str(BODIES.get(file["owner"], "")),
            sheets=file["sheets"],
            rows=file["rows"],
            sentence=file["problem"] or _replaces(file["replaces"]),
            notices=tuple(file["notices"]),
            unread_columns=tuple(UnreadColumn(**column) for column in file["unread_columns"]),
            columns_href=reverse("mapping:columns", args=[file["file"]])
            if file.get("file") and not file.get("came_back")
            else "",
            edits_href=reverse("round_trip:returned", args=[file["came_back"]])
            if file.get("came_back")
            else "",
            owner_form=OwnerForm(
                owner_href, file["file"], tuple((code, str(name)) for code, name in BODIES.items())
            )
            if owner_href and file.get("needs_owner")
            else None,
        )
        for file in files
    )


def _state(file: Mapping[str, Any]) -> str:
    if file["problem"]:
        return "not_read"
    if file.get("came_back"):
        return "came_back"
    return "seen_before" if file["is_known"] else "read"


def _replaces(names: Sequence[str]) -> str:
    if not names:
        return ""
    return _("Nyere utgave av %(names)s.") % {"names": ", ".join(names)}

"""Filling the screen of the reports."""

from datetime import date

from django.forms import Form
from django.utils.translation import gettext as _

from innpass.casework.inspection.queries import reports_of
from innpass.casework.inspection.services import InspectionReport, chosen_in_words
from innpass.casework.jobs.queries import find_job, has_ended, waits_in_vain
from innpass.domain.access.roles import Actor
from innpass.web.inspection.pages import ReportRow, ReportsPage

SHOWN = 20


def reports_page(*, actor: Actor, on: date, form: Form) -> ReportsPage:
    """Return the form, and the latest reports the actor asked for."""
    rows = tuple(_row(report, on=on) for report in reports_of(actor)[:SHOWN])
    return ReportsPage(form=form, reports=rows, is_at_work=any(row.is_at_work for row in rows))


def _row(report: InspectionReport, *, on: date) -> ReportRow:
    is_made = report.made_at is not None
    job = None if is_made else find_job(report.job_id)
    is_at_work = bool(job and not has_ended(job))
    now, percent = "", 0
    if job and is_at_work:
        percent = round(100 * job.progress_done / (job.progress_total + 1))
        now = job.message or _("Venter på tur")
        if waits_in_vain(job):
            now = _(
                "Ingen arbeidsprosess tar imot nå. Rapporten lages når «innpass worker» går igjen."
            )
    elif not is_made:
        now = (job.error if job else "") or _("Rapporten ble ikke laget. Be om den på nytt.")
    return ReportRow(
        pk=report.pk,
        label=chosen_in_words(report, drawn=report.people or report.size or 0),
        first_day=report.first_day,
        last_day=report.last_day,
        asked_at=report.asked_at,
        people=report.people,
        keep_until=report.keep_until,
        is_there=report.is_kept and report.keep_until >= on,  # type: ignore[attr-defined]
        is_at_work=is_at_work,
        now=now,
        percent=percent,
    )

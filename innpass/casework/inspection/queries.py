"""Reading the reports: those the actor asked for."""

from uuid import UUID

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet

from innpass.casework.inspection.models import InspectionReport
from innpass.domain.access.policy import Act, check_may
from innpass.domain.access.roles import Actor


def reports_of(actor: Actor) -> "QuerySet[InspectionReport]":
    """Return the reports that the actor asked for, the latest first, without what is in them.

    ``is_kept`` says whether there still is something in it.

    Others' are not shown: they may hold people whom the actor may not see.

    Raises:
        MayNot: the actor's role does not give it.
    """
    check_may(actor, Act.INSPECT)
    mine: QuerySet[InspectionReport] = InspectionReport.objects.filter(asked_by=actor.user_id)
    kept = ExpressionWrapper(Q(pdf__isnull=False), output_field=BooleanField())
    return mine.defer("pdf", "sheet").annotate(is_kept=kept).order_by("-asked_at", "-pk")


def find_report(pk: UUID, *, actor: Actor) -> InspectionReport | None:
    """Return one report that the actor asked for, or ``None``."""
    return reports_of(actor).filter(pk=pk).first()

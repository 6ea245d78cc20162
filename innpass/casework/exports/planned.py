"""What was planned with people, for the canonical form: plans, timetables, and the intake."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from innpass.casework.intake.models import Intake, Invitation
from innpass.casework.intake.queries import seen_by
from innpass.casework.participants.queries import OWNER
from innpass.casework.plans.models import IntegrationPlan, PlanElement
from innpass.casework.timetable.models import Timetable
from innpass.casework.timetable.queries import PlannedBlock, blocks_of
from innpass.domain.access.roles import Actor
from innpass.domain.planning.solution import Part
from innpass.domain.sheets.fields import SKILLS

BUSY = "opptatt"

Rows = dict[UUID, list[dict[str, Any]]]
Cut = Callable[[str, Any], Any]


def planned(actor: Actor, may: frozenset[str]) -> dict[str, Rows]:
    """Return everybody's plans, timetables and intakes in time, by part of the form and by person.

    Rows of somebody who turned out to be a person's second are that person's. A fixed number of
    queries. Whom the actor may not see is not left out: ask for those who are seen alone.

    Args:
        may: the fields that the actor may read; of others the value is ``None``, and of a part
            that may not be read at all nothing is told.
    """

    def cut(name: str, value: Any) -> Any:
        return value if name in may and value != "" else None

    return {
        "plans": _plans(cut) if "plan.version" in may else {},
        "timetables": _timetables(cut) if "timetable.week" in may else {},
        "intakes": _intakes(actor, cut) if "intake.term" in may else {},
    }


def _plans(cut: Cut) -> Rows:
    elements: dict[UUID, list[dict[str, Any]]] = defaultdict(list)
    for each in PlanElement.objects.order_by("place"):
        elements[each.plan_id].append(
            {
                "kind": each.kind,
                "text": each.text or None,
                "hours_per_week": each.hours_per_week,
                "unit": each.unit,
                "from": _iso(each.first_day),
                "to": _iso(each.last_day),
                "reason": each.reason or None,
            }
        )
    found: Rows = defaultdict(list)
    rows = IntegrationPlan.objects.annotate(owner=OWNER)
    for plan in rows.order_by("agreed_on", "made_on", "number"):
        goals = {name: getattr(plan, f"goal_{name}") for name in SKILLS}
        found[plan.owner].append(
            {
                "version": plan.number,
                "status": plan.status,
                "made_on": _iso(plan.made_on),
                "agreed_on": _iso(plan.agreed_on),
                "review_on": _iso(plan.review_on),
                "end_goal": cut("plan.goals", plan.end_goal),
                "occupation": cut("plan.goals", plan.occupation),
                "long_term_goal": cut("plan.goals", plan.long_term_goal),
                "norwegian_goal": {name: cut("plan.goals", goal) for name, goal in goals.items()},
                "norwegian_hours": cut("plan.content", plan.norwegian_hours),
                "social_studies_hours": cut("plan.content", plan.social_studies_hours),
                "length_months": cut("plan.content", plan.length_months),
                "from": cut("plan.content", _iso(plan.first_day)),
                "to": cut("plan.content", _iso(plan.last_day)),
                "elements": cut("plan.content", elements[plan.pk]) or [],
                "made_with_participant": cut("plan.making", plan.made_with_participant),
                "interpreter_used": cut("plan.making", plan.interpreter_used),
                "complaint_informed": cut("plan.making", plan.complaint_informed),
                "reason": cut("plan.reason", plan.reason),
            }
        )
    return found


def _timetables(cut: Cut) -> Rows:
    rows = list(Timetable.objects.annotate(owner=OWNER).order_by("first_monday", "made_at", "pk"))
    blocks = blocks_of({row.pk for row in rows})
    found: Rows = defaultdict(list)
    for row in rows:
        found[row.owner].append(
            {
                "from": _iso(row.first_monday),
                "to": _iso(row.last_sunday),
                "withdrawn_from": _iso(row.withdrawn_from),
                "proposed": row.is_proposed,
                "reason": cut("timetable.reason", row.reason),
                "blocks": [_block(each, cut) for each in blocks.get(row.pk, ())],
            }
        )
    return found


def _block(block: PlannedBlock, cut: Cut) -> dict[str, Any]:
    """Tell of a block; of an own appointment no more than that the time is taken."""
    is_told = block.part is not Part.APPOINTMENT or cut("timetable.appointment", "x") is not None
    return {
        "weekday": int(block.day) + 1,
        "start": _clock(block.start),
        "end": _clock(block.end),
        "part": block.part.value,
        "activity": block.activity.value if block.activity and is_told else None,
        "name": block.name if is_told else BUSY,
        "place": (block.where or None) if is_told else None,
        "counted_minutes": block.counted_minutes,
    }


def _intakes(actor: Actor, cut: Cut) -> Rows:
    talks: dict[UUID, list[dict[str, Any]]] = defaultdict(list)
    invited = Invitation.objects.filter(seen_by(actor, "intake__"))
    for row in invited.select_related("session").order_by("session__day", "session__start", "pk"):
        talks[row.intake_id].append(
            {
                "day": _iso(row.session.day),
                "state": cut("intake.attendance", row.state),
            }
        )
    found: Rows = defaultdict(list)
    rows = Intake.objects.filter(seen_by(actor)).annotate(owner=OWNER)
    for row in rows.select_related("term", "group", "teaching_group").order_by(
        "term__first_day", "taken_in_on", "pk"
    ):
        found[row.owner].append(
            {
                "term": row.term.name,
                "term_start": _iso(row.term.first_day),
                "taken_in_on": _iso(row.taken_in_on),
                "left_on": _iso(row.left_on),
                "group": row.group.name if row.group else None,
                "sessions": talks[row.pk],
                "reason": cut("intake.reason", row.reason),
                "left_reason": cut("intake.reason", row.left_reason),
                "language": cut("intake.language", row.language),
                "needs_interpreter": cut("intake.language", row.needs_interpreter),
                "child_care": cut("intake.child_care", row.child_care),
                "track": cut("intake.placement", row.track),
                "level": cut("intake.placement", row.level),
                "class": cut(
                    "intake.placement", row.teaching_group.name if row.teaching_group else None
                ),
            }
        )
    return found


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"

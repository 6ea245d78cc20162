"""What the journey knows of a case. ``None`` is unknown and is never replaced by a guess."""

from dataclasses import dataclass
from datetime import date

from innpass.domain.journey.rules import OwnRules
from innpass.domain.periods import Period
from innpass.domain.sheets.fields import EndGoal, EndReason, PlacementKind


@dataclass(frozen=True, slots=True)
class PlacementFacts:
    """One practice period. Days are inclusive.

    Args:
        kind: municipal or private; ``None`` where the sheets do not say.
        unit: the employer's name.
        first_day: first day there.
        last_day: last day there; ``None`` while it is open or unknown.
        evaluation_visit: day of the first evaluation visit, held or booked.
        contract: first day of an employment contract that came of it.
        has_contract: that there is a contract, though its day may be unknown.
    """

    kind: PlacementKind | None = None
    unit: str | None = None
    first_day: date | None = None
    last_day: date | None = None
    evaluation_visit: date | None = None
    contract: date | None = None
    has_contract: bool = False

    @property
    def is_dated(self) -> bool:
        """Whether at least one of its days is known."""
        return self.first_day is not None or self.last_day is not None

    @property
    def led_to_work(self) -> bool:
        """Whether there is a contract, begun or to come."""
        return self.has_contract or self.contract is not None


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """One participant's case. Days are inclusive.

    Args:
        start: first day of the programme.
        planned_end: last planned day.
        actual_end: last day of a programme that ended, or is set to end.
        end_reason: why it ended.
        end_goal: final goal (sluttmål).
        counts_from: the day from which the law demands hours; ``None`` without a demand.
        verdict: this week's, as in ``law.assessment.Verdict``; ``None`` when not judged.
        missing_facts: facts that could change the verdict, named as in ``sheets.fields``.
        placements: in any order.
        work_life_course: from the first to the last day of the work-life course.
        info_meeting: day of the information meeting about Nav, held or booked.
        handover: day of the handover meeting with Nav, held or booked.
        plan_review: the day by which the plan in force is assessed again.
        last_contact: day of the last contact.
        sheet_next_step: the next step as the sheet has it, word for word.
        sheet_next_step_due: its deadline.
        sheet_next_step_owner: the name of whoever has it.
        adviser: name of the programme adviser.
        supervisor: name of the practice supervisor.
        nav_adviser: name of the adviser at Nav.
        teacher: name of the teacher.
        own_rules: what the municipality itself has decided, in the order of the days.
    """

    start: date | None = None
    planned_end: date | None = None
    actual_end: date | None = None
    end_reason: EndReason | None = None
    end_goal: EndGoal | None = None
    counts_from: date | None = None
    verdict: str | None = None
    missing_facts: tuple[str, ...] = ()
    placements: tuple[PlacementFacts, ...] = ()
    work_life_course: Period | None = None
    info_meeting: date | None = None
    handover: date | None = None
    plan_review: date | None = None
    last_contact: date | None = None
    sheet_next_step: str | None = None
    sheet_next_step_due: date | None = None
    sheet_next_step_owner: str | None = None
    adviser: str | None = None
    supervisor: str | None = None
    nav_adviser: str | None = None
    teacher: str | None = None
    own_rules: tuple[OwnRules, ...] = ()

    @property
    def end(self) -> date | None:
        """The last day as far as it is known: the actual one, else the planned one."""
        return self.actual_end or self.planned_end

    @property
    def has_work(self) -> bool:
        """Whether a placement led to a contract."""
        return any(placement.led_to_work for placement in self.placements)

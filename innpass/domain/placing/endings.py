"""Why a case may end, by how it ended, in codes; the words stand in ``sentences.yml``."""

from collections.abc import Mapping

from innpass.domain.placing.states import Outcome

REASONS: Mapping[Outcome, tuple[str, ...]] = {
    Outcome.HIRED: ("hired_here", "hired_elsewhere"),
    Outcome.NEXT_PLACE: (
        *("period_over", "needs_other_tasks", "needs_other_language", "closer_to_job"),
        *("no_capacity", "workplace_closed", "other"),
    ),
    Outcome.STOPPED: (
        *("period_over", "illness", "moved", "leave", "to_education", "did_not_come"),
        *("not_suited", "no_capacity", "workplace_closed", "no_wish", "other"),
    ),
    Outcome.NOT_STARTED: (
        *("language_too_low", "demand_not_met", "other_chosen", "no_capacity", "no_wish"),
        *("other_place_found", "illness", "moved", "did_not_come", "not_suited", "other"),
    ),
}


def is_reason(outcome: Outcome, reason: str) -> bool:
    """Tell whether a reason goes with an outcome."""
    return reason in REASONS[outcome]

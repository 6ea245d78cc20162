"""Which text binds a person. Two clocks: a text is in force on a day, and binds by a date."""

from datetime import date
from functools import lru_cache

from innpass.domain.law.assessment import BindingText, LegalSource
from innpass.domain.law.parameters import LawAt, all_parameters

WORK_ORIENTED_HOURS = "work_oriented_hours"


@lru_cache(maxsize=1)
def texts() -> tuple[BindingText, ...]:
    """List the texts on work-oriented hours in time."""
    parameter = all_parameters()[WORK_ORIENTED_HOURS]
    return tuple(
        BindingText(
            rule=dated.value,
            first_day=dated.first_day,
            last_day=dated.last_day,
            decides=parameter.decides,
            source=LegalSource(dated.source, dated.in_force_by or "") if dated.source else None,
        )
        for dated in parameter.values
    )


def text_for(start: date) -> BindingText:
    """Pick the text that binds one whose programme started on ``start``, to its end.

    Source:
        forskrift 30. januar 2024 nr. 146; lov 20. juni 2025 nr. 35 (no transitional rule found).

    Reading:
        docs/law/text-that-binds.md.
    """
    return next(
        text
        for text in reversed(texts())
        if (text.first_day is None or text.first_day <= start)
        and (text.last_day is None or start <= text.last_day)
    )


@lru_cache(maxsize=64)
def law_of(text: BindingText) -> LawAt:
    """Give the parameters of a text.

    Before the first text nothing defines work-oriented hours; the first list is used to show them.
    """
    first_day = text.first_day or next(other.first_day for other in texts() if other.first_day)
    return LawAt(first_day)


def counted_activities(start: date) -> frozenset[str]:
    """Return the activities whose hours count for one whose programme started on ``start``.

    Reading:
        docs/law/work-oriented.md.
    """
    counts = law_of(text_for(start)).value("work_oriented_activities")
    return frozenset(name for name, is_counted in counts.items() if is_counted)

"""Nav's schemes around a placement: what was said of each, what it may give, what speaks against.

Who moves a scheme, how long it lasts and what it goes with stands in ``domain.placing.schemes``;
the numbers are those of the regulation on the day (``domain.law.scheme_limits``).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from innpass.casework.agreements.holding import Held, checked_text, hold, note
from innpass.casework.agreements.models import PlacementCase, Scheme, SchemeStep
from innpass.casework.agreements.queries import Told, owner_id
from innpass.casework.agreements.refusing import Fault, Refused, refused, roles_of
from innpass.casework.organisations.models import ChangedMeanwhile
from innpass.casework.participants.queries import family_of, owner_of
from innpass.domain.access.policy import check_may_read, may_read, may_write
from innpass.domain.access.roles import Actor
from innpass.domain.law.parameters import NoSuchParameter
from innpass.domain.law.scheme_limits import SchemeNumbers, scheme_numbers
from innpass.domain.placing.schemes import (
    BINDING,
    Around,
    Asked,
    Bounds,
    SchemeKind,
    SchemeState,
    next_states,
    refusals,
    refusals_of_move,
    told,
    warnings,
)
from innpass.domain.placing.states import CaseKind

ENDED = frozenset({SchemeState.REFUSED, SchemeState.WITHDRAWN})
STATE, NOTE = "scheme.state", "scheme.note"
_BOUNDS = ("months", "longest_months", "weeks", "first_month", "last_month", "younger_than")


@dataclass(frozen=True, slots=True)
class StepTold:
    """How far a scheme came on a day, and by whose word; ``note`` is empty where not readable."""

    state: SchemeState
    on: date
    by: str
    note: str


@dataclass(frozen=True, slots=True)
class KnownScheme:
    """A scheme of a placement as it stands, or as it could be spoken of.

    Attributes:
        version: of its row; 0 where nobody has said anything of it.
        told: what it may give and how long, in sentences, as the regulation stands on the day.
        source, since, in_force_by: where that stands, since when these numbers are entered, by
            which regulation.
        steps: the last first.
        next: what the reader may say of it now.
        cautions: what is granted on special grounds only.
    """

    kind: SchemeKind
    version: int
    state: SchemeState | None
    first_day: date | None
    last_day: date | None
    told: tuple[str, ...]
    source: str
    since: date | None
    in_force_by: str
    steps: tuple[StepTold, ...]
    next: tuple[SchemeState, ...]
    cautions: tuple[str, ...]


def schemes_of(case: PlacementCase, *, on: date, actor: Actor) -> tuple[KnownScheme, ...]:
    """Return every scheme in the order they are shown, with what was said of it. Two queries.

    Raises:
        MayNot: schemes are not theirs to read.
    """
    check_may_read(actor, STATE)
    writes, reads_notes = may_write(actor, STATE), may_read(actor, NOTE)
    rows = {row.kind: row for row in Scheme.objects.filter(case=case).prefetch_related("steps__by")}
    found = []
    for kind in SchemeKind:
        row, numbers = rows.get(kind), scheme_numbers(kind, on=on)
        steps = _steps(row)
        state = SchemeState(steps[0].state) if steps else None
        asked = Asked(kind, row.first_day, row.last_day) if row else Asked(kind)
        binds = state in BINDING
        found.append(
            KnownScheme(
                kind=kind,
                version=row.version if row else 0,
                state=state,
                first_day=asked.first_day,
                last_day=asked.last_day,
                told=told(kind, numbers.numbers),
                source=numbers.source,
                since=numbers.first_day,
                in_force_by=numbers.in_force_by,
                steps=tuple(
                    StepTold(
                        SchemeState(step.state),
                        step.on,
                        str(step.by) if step.by else "",
                        step.note if reads_notes else "",
                    )
                    for step in steps
                ),
                next=next_states(state, roles_of(actor)) if writes else (),
                cautions=tuple(warnings(asked, bounds=_bounds_of(asked, on=on))) if binds else (),
            )
        )
    return tuple(found)


@transaction.atomic
def move_scheme(
    case: PlacementCase,
    kind: SchemeKind,
    to: SchemeState,
    *,
    said_on: date,
    first_day: date | None,
    last_day: date | None,
    text: str,
    by: Actor,
    on: date,
    expected: int,
) -> Scheme:
    """Note that a scheme was discussed, applied for, granted, refused or withdrawn on a day.

    Args:
        said_on: the day it happened, today or before.
        first_day, last_day: what is asked for or given, inclusive; ``None`` where nobody said.
        text: for those who follow the case.
        expected: the version of the scheme on the screen, 0 where there was none.

    Raises:
        MayNot: schemes are not theirs to write, or the person not theirs to see.
        Refused: it may not be said now, or not by them, or something does not go together.
        ChangedMeanwhile: somebody else said something of it since.
    """
    held = hold(case, by=by, expected=None, field=STATE)
    row = Scheme.objects.filter(case=held.case, kind=kind).first()
    if (row.version if row else 0) != expected:
        raise ChangedMeanwhile(row or held.case)
    state = SchemeState(_steps(row)[0].state) if row else None
    if held.case.withdrawn_at is not None and to not in ENDED:
        raise refused(_("Praksisløpet er trukket. Da kan ingen ordning føres på det."))
    faults = [Fault(said) for said in refusals_of_move(state, to, roles_of(by))]
    if faults:
        raise Refused(faults)
    _check_days(said_on, first_day, last_day, on=on)
    asked = Asked(kind, first_day, last_day)
    bounds = _bounds_of(asked, on=on)
    against = refusals(asked, to=to, around=_around(held, but=kind), bounds=bounds)
    faults = [Fault(said) for said in against]
    if faults:
        raise Refused(faults)
    words = checked_text(text, "text")
    days = {"first_day": first_day, "last_day": last_day}
    before: Mapping[str, date | None] = {name: getattr(row, name, None) for name in days}
    if row is None:
        row = Scheme.objects.create(
            municipality_id=held.case.municipality_id, case=held.case, kind=kind, **days
        )
    else:
        row.first_day, row.last_day = first_day, last_day
        row.save_version(expected=expected, fields=tuple(days))
    SchemeStep.objects.create(
        municipality_id=row.municipality_id,
        scheme=row,
        state=to,
        on=said_on,
        by_id=by.user_id,
        note=words,
    )
    note(
        held.case,
        "move_scheme",
        by=by,
        changes={
            "scheme": [None, kind.value],
            "state": [state and state.value, to.value],
            **{
                name: [_iso(before[name]), _iso(days[name])]
                for name in days
                if before[name] != days[name]
            },
        },
    )
    found: Scheme = row
    return found


def _steps(row: Scheme | None) -> list[SchemeStep]:
    """Return what was said of a scheme, the last first."""
    return sorted(row.steps.all(), key=lambda each: each.noted_at, reverse=True) if row else []


def _check_days(said_on: date, first_day: date | None, last_day: date | None, *, on: date) -> None:
    if said_on > on:
        raise refused(_("Dagen har ikke vært ennå. Skriv i dag eller før."), "on")
    if last_day is not None and first_day is None:
        raise refused(_("Skriv første dag, også."), "first_day")
    if last_day is not None and first_day is not None and last_day < first_day:
        raise refused(_("Ordningen slutter før den begynner. Rett dagene."), "last_day")


def _around(held: Held, *, but: SchemeKind) -> Around:
    """Return what a scheme stands around: the placement, and what binds there and elsewhere."""
    case, told_of_case = held.case, held.told
    others: list[Asked] = []
    elsewhere: list[Asked] = []
    rows = Scheme.objects.filter(
        family_of([owner_id(case)], "case__participant"), case__withdrawn_at=None
    ).exclude(case=case, kind=but)
    for row in rows.prefetch_related("steps"):
        steps = _steps(row)
        if steps and SchemeState(steps[0].state) in BINDING:
            at = others if row.case_id == case.pk else elsewhere
            at.append(Asked(SchemeKind(row.kind), row.first_day, row.last_day))
    first, last = _days(told_of_case)
    return Around(
        case=CaseKind(case.kind),
        first_day=first,
        last_day=last,
        others=others,
        elsewhere=elsewhere,
        birth_date=owner_of(case.participant).birth_date,
    )


def _days(told_of_case: Told) -> tuple[date | None, date | None]:
    """Return the days of the placement; those of one that was ended, as it ended."""
    last = told_of_case.last_day
    if told_of_case.ending is not None:
        ended = told_of_case.ending.last_day
        last = min(last, ended) if last else ended
    return told_of_case.first_day, last


def _bounds_of(asked: Asked, *, on: date) -> Bounds:
    """Return what the regulation sets on the first day; of one not entered, today."""
    try:
        return _bounds(scheme_numbers(asked.kind, on=asked.first_day or on))
    except NoSuchParameter:
        return _bounds(scheme_numbers(asked.kind, on=on))


def _bounds(numbers: SchemeNumbers) -> Bounds:
    return Bounds(
        **{name: numbers.numbers.get(name) for name in _BOUNDS},
        source=numbers.source,
    )


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None

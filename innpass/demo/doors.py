"""Employers of the demo who came in by a link, and Nav's schemes around placements; invented."""

from datetime import date, timedelta
from uuid import UUID

from innpass.casework.agreements.models import PlacementCase
from innpass.casework.agreements.queries import Told, cases_seen_by, told_of
from innpass.casework.agreements.refusing import Refused
from innpass.casework.agreements.schemes import move_scheme, schemes_of
from innpass.casework.doors import entering, services
from innpass.casework.doors.codes import Came, Holder, PackWay
from innpass.casework.doors.queries import WRONG_TRIES
from innpass.domain.access.roles import Actor
from innpass.domain.periods import IsoWeek
from innpass.domain.placing.schemes import SchemeKind, SchemeState
from innpass.domain.placing.states import State

_DISCUSSED, _APPLIED, _GRANTED = (
    SchemeState.DISCUSSED,
    SchemeState.APPLIED,
    SchemeState.GRANTED,
)
# How far which scheme came around the first placements, in this order.
_SCHEMES = (
    ((SchemeKind.WAGE_SUBSIDY, (_DISCUSSED, _APPLIED)),),
    ((SchemeKind.INCLUSION_GRANT, (_DISCUSSED, _APPLIED, _GRANTED)),),
    ((SchemeKind.WAGE_SUBSIDY, (_DISCUSSED,)), (SchemeKind.MENTOR, (_DISCUSSED,))),
    (
        (SchemeKind.WAGE_SUBSIDY, (_APPLIED, _GRANTED)),
        (SchemeKind.MENTOR, (_APPLIED, _GRANTED)),
    ),
)
_NOTES = {
    _DISCUSSED: "Lederen er interessert, og vil vite mer om søknaden.",
    _APPLIED: "Søknaden er sendt sammen med arbeidsgiveren.",
    _GRANTED: "",
}


def write_doors(*, on: date, by: Actor, nav: Actor) -> None:
    """Let one employer confirm days, one have a link, one be shut out, and some speak of schemes.

    Args:
        by: the practice supervisor; ``nav`` the Nav adviser, who decides.
    """
    running = [(case, told) for case, told in _cases(by) if told.state(on=on) is State.RUNNING]
    running.sort(key=lambda pair: (pair[1].in_force is None, pair[1].first_day or on))
    for number, (case, _told) in enumerate(running[:3]):
        services.note_pack(case, way=PackWay.MEETING, given_on=on - timedelta(days=number), by=by)
        secret = services.make_door(case, holder=Holder.MENTOR, by=by, on=on)
        if number == 1:
            continue
        opened = entering.open_door(secret, on=on)
        if opened and number == 0:
            _confirm(case, opened.pk, opened.key, by=by, on=on)
        elif opened:
            for _ in range(WRONG_TRIES):
                entering.prove(opened.pk, opened.key, "wrong", on=on)
    for (case, told), spoken_of in zip(running, _SCHEMES, strict=False):
        for kind, states in spoken_of:
            _speak_of(case, told, kind, states, by=by, nav=nav, on=on)


def _cases(by: Actor) -> list[tuple[PlacementCase, Told]]:
    cases = list(cases_seen_by(by).order_by("proposed_on", "pk"))
    told = told_of(cases)
    return [(case, told[case.pk]) for case in cases]


def _confirm(case: PlacementCase, pk: UUID, key: str, *, by: Actor, on: date) -> None:
    """Let the employer say of the days of three weeks who came, one of them only partly."""
    entering.prove(pk, key, services.make_code(pk, case, by=by, on=on), on=on)
    came: dict[date, Came] = {}
    for back in range(3):
        seen = entering.view(pk, key, on=on, week=IsoWeek.of(on - timedelta(weeks=back)))
        came |= {day.on: Came.ALL for day in seen.days} if seen else {}
    for day, said in zip(sorted(came)[1:3], (Came.PART, Came.NONE), strict=False):
        came[day] = said
    entering.confirm_days(pk, key, came, on=on)


def _speak_of(
    case: PlacementCase,
    told: Told,
    kind: SchemeKind,
    states: tuple[SchemeState, ...],
    *,
    by: Actor,
    nav: Actor,
    on: date,
) -> None:
    """Move a scheme on, as far as it goes: what does not go together is left as it is."""
    begins = (told.last_day or on) + timedelta(days=1)
    days = (begins, begins + timedelta(days=180))
    for number, state in enumerate(states):
        known = next(one for one in schemes_of(case, on=on, actor=nav) if one.kind is kind)
        try:
            move_scheme(
                case,
                kind,
                state,
                said_on=on - timedelta(days=7 * (len(states) - 1 - number)),
                first_day=None if state is _DISCUSSED else days[0],
                last_day=None if state is _DISCUSSED else days[1],
                text=_NOTES[state],
                by=nav if state is _GRANTED else by,
                on=on,
                expected=known.version,
            )
        except Refused:
            return

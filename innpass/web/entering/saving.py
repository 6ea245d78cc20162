"""Saving what a form holds: a person's values, a period, a new person."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from django.utils.translation import gettext as _

from innpass.casework.accounts.queries import users_named
from innpass.casework.reconciliation.details import Detail, last_words
from innpass.casework.reconciliation.entering import Outcome, Wanted, enter_values, stamp
from innpass.casework.reconciliation.entering_rows import enter_in_row
from innpass.domain.access.roles import Actor
from innpass.domain.sheets.records import Value
from innpass.web.design.words import in_words
from innpass.web.entering.controls import SECRET, Conflict, Control, Typed, text_of

if TYPE_CHECKING:
    from innpass.casework.participants.models import Participant

MINE, THEIRS = "mine", "theirs"
_CHOICES = (MINE, THEIRS)
_UNDECIDED = "?"  # the stamp of no value


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of a form.

    Attributes:
        act: what to take back; ``None`` where nothing was saved.
        controls: as they are drawn again where something remains to be settled.
        is_done: nothing remains.
    """

    act: UUID | None
    controls: tuple[Control, ...]
    is_done: bool


def chosen(typed: Typed, posted: Mapping[str, str]) -> Typed:
    """Leave out the fields of which the user chose what somebody else entered meanwhile.

    Where the choice was offered and not made, the value is saved against nothing, and so offered
    again.
    """
    theirs = {each.name for each in typed.controls if posted.get(f"choose.{each.name}") == THEIRS}
    undecided = {
        each.name
        for each in typed.controls
        if f"theirs.{each.name}" in posted and posted.get(f"choose.{each.name}") not in _CHOICES
    }

    def settled(each: Control) -> Control:
        if each.name in theirs:
            return replace(each, problem="")
        return replace(each, seen=_UNDECIDED) if each.name in undecided else each

    return replace(
        typed,
        controls=tuple(map(settled, typed.controls)),
        changed=typed.changed - theirs,
        values={name: value for name, value in typed.values.items() if name not in theirs},
    )


def save_values(person: "Participant", typed: Typed, *, actor: Actor) -> Saved:
    """Save a person's values that were changed, each against what was on the screen."""
    seen = {each.name: each.seen for each in typed.controls}
    wanted = [
        Wanted(person.pk, name, typed.values[name], seen[name]) for name in sorted(typed.changed)
    ]
    act = uuid4()
    outcomes = enter_values(wanted, municipality_id=person.municipality_id, by=actor, act_id=act)
    by_field = {outcome.wanted.field: outcome for outcome in outcomes}
    names = _names({outcome.by for outcome in outcomes})
    controls = tuple(
        _after(each, by_field[each.name], names) if each.name in by_field else each
        for each in typed.controls
    )
    return Saved(
        act if any(o.code == "saved" for o in outcomes) else None,
        controls,
        all(o.code in ("saved", "same") for o in outcomes),
    )


def save_detail(detail: Detail, typed: Typed, current: Detail, *, actor: Actor) -> Saved:
    """Save what was changed of a period or test; nothing where somebody else was first.

    Args:
        current: the detail as it stands now, which may differ from what was on the screen.
    """
    late = {
        each.name: current.values.get(each.name)
        for each in typed.controls
        if each.name in typed.changed and stamp(current.values.get(each.name)) != each.seen
    }
    act = uuid4()
    if not late and typed.changed:
        rows = current.rows_for({name: typed.values[name] for name in sorted(typed.changed)})
        late = {
            _plain(name, detail): value
            for name, value in enter_in_row(
                detail.row,
                rows.pop(current.row),
                by=actor,
                also=rows,
                seen={detail.name_in_row(name): stamp(current.own[name]) for name in typed.changed},
                act_id=act,
            ).items()
        }
    if not late:
        return Saved(act if typed.changed else None, typed.controls, True)
    words = last_words(detail.row, [detail.name_in_row(name) for name in late])
    names = _names({word.by for word in words.values()})
    controls = []
    for each in typed.controls:
        if each.name in late:
            word = words.get(detail.name_in_row(each.name))
            who = names.get(word.by, "") if word and word.by else ""
            controls.append(_late(each, late[each.name], who, word.at if word else None))
        else:
            controls.append(each)
    return Saved(None, tuple(controls), False)


def _plain(name: str, detail: Detail) -> str:
    return next((plain for plain in detail.own if detail.name_in_row(plain) == name), name)


def _names(ids: Collection[UUID | None]) -> dict[UUID, str]:
    wanted = [pk for pk in ids if pk]
    return {user.pk: str(user) for user in users_named(wanted)} if wanted else {}


def _after(each: Control, outcome: Outcome, names: Mapping[UUID, str]) -> Control:
    if outcome.code == "refused":
        return replace(each, problem=outcome.sentence)
    if outcome.code == "changed_meanwhile":
        who = names.get(outcome.by, "") if outcome.by else ""
        return _late(each, outcome.value, who, outcome.at)
    value = outcome.wanted.value
    if each.name in SECRET:
        return replace(each, text="", clears=False, seen=stamp(outcome.value), known=bool(value))
    return replace(each, text=text_of(value, each.name), seen=stamp(value))


def _late(each: Control, value: Any, who: str, at: Any) -> Control:
    words = in_words(each.name, value) or _("tomt")
    if each.name in SECRET:
        words = _("et annet nummer") if value else _("tomt")
    return replace(
        each,
        seen=stamp(value),
        conflict=Conflict(words, who or _("noen andre"), at),
        problem=_("Noen endret dette mens du skrev. Velg hvilken verdi som skal gjelde."),
    )


def new_values(typed: Typed) -> dict[str, Value]:
    """Return what a new person's form holds, with the whole name."""
    values = {name: value for name, value in typed.values.items() if value is not None}
    parts = [values.get("given_name"), values.get("family_name")]
    return {"name": " ".join(str(part) for part in parts if part), **values}

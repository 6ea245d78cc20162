"""Saving what was typed into cells: each value read, and held against what was on the screen."""

import json
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.utils.translation import gettext as _

from innpass.casework.accounts.queries import users_named
from innpass.casework.overview.columns import COLUMN_OF_FIELD, check_may_edit
from innpass.casework.overview.known_names import strangers
from innpass.casework.reconciliation.entering import Outcome, Wanted, stamp
from innpass.casework.reconciliation.entering_cells import EMPTIED, enter_cells
from innpass.casework.reconciliation.present import is_of_detail
from innpass.casework.reconciliation.standing import Way, standing_values
from innpass.domain.access.policy import MayNot
from innpass.domain.access.roles import Actor
from innpass.domain.sheets.records import Value
from innpass.domain.sheets.typed import LONGEST_TYPED
from innpass.exchange.clock import today
from innpass.web.design.templatetags.design import moment
from innpass.web.design.words import unknown_names
from innpass.web.overview.addresses import plain
from innpass.web.overview.cells import field_of, read, text_of, value_of_text


class NotUnderstood(Exception):
    """What was sent is not what our own pages send. The message is Norwegian and for the user."""


@dataclass(frozen=True, slots=True)
class Change:
    """What somebody typed into a field of a person, and the text that stood there on the screen.

    ``seen`` is ``None`` only where nothing is to be compared (never from a browser). ``about`` is
    the mark of the placement, hours or test on the screen (``Standing.mark``).
    """

    participant: UUID
    field: str
    text: str
    seen: str | None
    about: str | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a change.

    Attributes:
        code: ``saved``, ``same``, ``conflict`` (somebody else was first) or ``problem``.
        sentence: what is wrong, or who was first; empty when it was saved.
        theirs: the text that stands there now.
    """

    change: Change
    code: str
    sentence: str = ""
    theirs: str = ""

    @property
    def is_left(self) -> bool:
        """Tell whether it was not saved."""
        return self.code in ("conflict", "problem")


@dataclass(frozen=True, slots=True)
class Saved:
    """The results of one act, in the order of the changes; ``act`` is what is taken back.

    ``strangers`` are the names of staff written that nobody known has.
    """

    results: tuple[Result, ...]
    act: UUID
    strangers: tuple[str, ...] = ()

    @property
    def saved(self) -> tuple[Result, ...]:
        """Return what was saved."""
        return tuple(result for result in self.results if result.code == "saved")

    @property
    def left(self) -> tuple[Result, ...]:
        """Return what was not."""
        return tuple(result for result in self.results if result.is_left)


def changes_from_json(text: str) -> list[Change]:
    """Read the changes a page sends: ``[{person, field, text, seen}]``.

    Raises:
        NotUnderstood: it is something else.
    """
    try:
        return [
            Change(
                participant=UUID(row["person"]),
                field=_known(row["field"]),
                text=plain(" ".join(str(row["text"]).splitlines()))[:LONGEST_TYPED],
                seen=str(row["seen"]),
                about=str(row["about"]) if row.get("about") is not None else None,
            )
            for row in json.loads(text)
        ]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise NotUnderstood(
            _("Vi skjønte ikke det som ble sendt. Last siden på nytt og prøv igjen.")
        ) from error


def _known(name: object) -> str:
    if name not in COLUMN_OF_FIELD:
        raise ValueError(name)
    return str(name)


def changes_as_json(changes: Sequence[Change]) -> str:
    """Write changes as ``changes_from_json`` reads them."""
    rows = [
        {
            "person": str(c.participant),
            "field": c.field,
            "text": c.text,
            "seen": c.seen,
            **({} if c.about is None else {"about": c.about}),
        }
        for c in changes
    ]
    return json.dumps(rows, ensure_ascii=False)


def read_changes(
    changes: Sequence[Change], *, actor: Actor
) -> tuple[dict[Change, Value], list[Result]]:
    """Read what was typed; return the values, and what cannot be read or is not one's to write."""
    values: dict[Change, Value] = {}
    problems = []
    for change in changes:
        try:
            check_may_edit(actor, change.field)
        except MayNot as no:
            problems.append(Result(change, "problem", str(no)))
            continue
        typed = read(change.field, change.text)
        if typed.problem:
            problems.append(Result(change, "problem", typed.problem))
        elif typed.value is None and change.seen and change.field in EMPTIED:
            problems.append(Result(change, "problem", EMPTIED[change.field]))
        else:
            values[change] = typed.value
    twice = _given_twice(values)
    for change in [change for change in values if (change.field, values[change]) in twice]:
        del values[change]
        problems.append(Result(change, "problem", _("Det samme nummeret står på flere deltakere.")))
    return values, problems


def _given_twice(values: Mapping[Change, Value]) -> set[tuple[str, Value]]:
    numbers = Counter(
        (change.field, value)
        for change, value in values.items()
        if change.field.startswith("ids.") and value
    )
    return {number for number, count in numbers.items() if count > 1}


def save(changes: Sequence[Change], *, actor: Actor, way: Way, all_or_none: bool = False) -> Saved:
    """Save changes as one act, each only if what the screen showed still stands.

    Args:
        all_or_none: save nothing where something cannot be read.
    """
    values, problems = read_changes(changes, actor=actor)
    act = uuid4()
    results = {result.change: result for result in problems}
    wanted = [(c, w) for c, value in values.items() if (w := _wanted(c, value)) is not None]
    for change in values.keys() - {change for change, _wanted_value in wanted}:
        results[change] = Result(change, "problem", _("Vi vet ikke hva som sto her. Last siden."))
    unknown: tuple[str, ...] = ()
    if wanted and not (problems and all_or_none):
        unknown = strangers(((w.field, w.value) for _c, w in wanted), actor=actor, on=today())
        outcomes = enter_cells(
            [each for _change, each in wanted],
            municipality_id=actor.municipality_id,
            by=actor,
            way=way,
            act_id=act,
        )
        names = _names_of([outcome.by for outcome in outcomes if outcome.by])
        for (change, _each), outcome in zip(wanted, outcomes, strict=True):
            results[change] = _result(change, outcome, names)
    return Saved(tuple(results[c] for c in changes if c in results), act, unknown)


def _wanted(change: Change, value: Value) -> Wanted | None:
    if is_of_detail(change.field) and change.seen is not None and change.about is None:
        return None  # nobody can tell which was meant
    try:
        seen = None if change.seen is None else stamp(value_of_text(change.field, change.seen))
    except (ValueError, KeyError):
        return None
    return Wanted(change.participant, change.field, value, seen, about=change.about)


def _names_of(ids: Collection[UUID]) -> dict[UUID, str]:
    return {user.pk: str(user) for user in users_named(ids)} if ids else {}


def _result(change: Change, outcome: Outcome, names: Mapping[UUID, str]) -> Result:
    theirs = text_of(outcome.value)
    if outcome.code != "changed_meanwhile":
        code = "problem" if outcome.code == "refused" else outcome.code
        return Result(change, code, outcome.sentence, theirs)
    who = names.get(outcome.by, "") if outcome.by else ""
    values = {
        "who": who or _("Noen andre"),
        "what": f"«{theirs}»" if theirs else _("ingenting"),
        "when": f" {moment(outcome.at)}" if outcome.at else "",
    }
    sentence = _("%(who)s endret dette til %(what)s%(when)s, etter at du åpnet siden.") % values
    return Result(change, "conflict", sentence, theirs)


def said_of(saved: Saved, *, actor: Actor) -> str:
    """Say in a sentence what was saved, with names and values where it is one cell."""
    results = saved.saved
    if not results:
        return ""
    written = {result.theirs for result in results}
    doubt = unknown_names([name for name in saved.strangers if name in written])
    return f"{_what_was_saved(results, actor=actor)} {doubt}".strip()


def _what_was_saved(results: Sequence[Result], *, actor: Actor) -> str:
    people = {result.change.participant for result in results}
    if len(people) > 1:
        return _("Lagret: %(values)s verdier for %(people)s deltakere.") % {
            "values": len(results),
            "people": len(people),
        }
    (person,) = standing_values(list(people), [], actor=actor)
    said = ", ".join(f"{field_of(r.change.field).label} {_shown(r)}".strip() for r in results)
    return _("Lagret: %(name)s. %(said)s.") % {"name": person.name, "said": said}


def _shown(result: Result) -> str:
    return f"«{result.theirs}»" if result.theirs else _("er tom")


def as_json(result: Result) -> dict[str, Any]:
    """Tell the script that edits cells about a change that was not saved."""
    return {
        "person": str(result.change.participant),
        "field": result.change.field,
        "code": result.code,
        "sentence": result.sentence,
        "theirs": result.theirs,
    }

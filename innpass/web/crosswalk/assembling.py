"""Filling the crosswalk, cut to the systems that the viewer may see."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from innpass.casework.participants import crosswalk as queries
from innpass.casework.participants.crosswalk import BODIES as WORKING
from innpass.casework.participants.crosswalk import COLLISION, Crosswalk, Line, Selection
from innpass.domain.access.fields import access_name
from innpass.domain.access.fields import field as access_field
from innpass.domain.access.policy import may_answer_question, may_undo_link, may_write
from innpass.domain.access.roles import Actor
from innpass.domain.deriving.crosswalk import NUMBER_OF_SYSTEM, TaskKind, body_of
from innpass.domain.deriving.sentences import question_sentence
from innpass.domain.sheets.records import Owner
from innpass.web.crosswalk.pages import Cell, CrosswalkPage, Filter, Person, Work
from innpass.web.design.pages import Link, paging
from innpass.web.design.words import BODIES, field_label, listed

PAGE_SIZE = 50
_SOMEBODY = UUID(int=0)  # stands in an address for whoever a line is about

# The kinds in the order in which they are worked on: who is who goes before what is missing.
_KINDS: dict[str, tuple[Any, Any, Any, str, str]] = {
    COLLISION: (
        "kollisjon",
        gettext_lazy("Kollisjoner"),
        gettext_lazy("Ett nummer, to personer"),
        "danger",
        "ExclamationmarkTriangle",
    ),
    TaskKind.TWO_ROWS: (
        "to-rader",
        gettext_lazy("Dobbelt i en liste"),
        gettext_lazy("Flere rader om én person"),
        "warning",
        "PersonGroup",
    ),
    TaskKind.NUMBER_MISSING: (
        "uten-nummer",
        gettext_lazy("Mangler nummer"),
        gettext_lazy("I listen, uten systemets nummer"),
        "brand1",
        "MinusCircle",
    ),
    TaskKind.NOT_IN_LIST: (
        "ikke-i-listen",
        gettext_lazy("Mangler i en liste"),
        gettext_lazy("Skulle stått der"),
        "brand2",
        "MagnifyingGlass",
    ),
    TaskKind.IDENTITY_MISSING: (
        "uten-fodselsnummer",
        gettext_lazy("Uten fødsels\u00adnummer"),
        gettext_lazy("Verken det eller D-nummer"),
        "info",
        "Person",
    ),
}
_KIND_OF_WORD = {word: str(kind) for kind, (word, *_rest) in _KINDS.items()}
_WORD_OF_KIND = {kind: word for word, kind in _KIND_OF_WORD.items()}
_COLOURS = {str(kind): colour for kind, (*_rest, colour, _icon) in _KINDS.items()}
_HEADINGS = {
    Owner.REFUGEE: gettext_lazy("Visma, flyktning"),
    Owner.LEARNING: gettext_lazy("Visma, læring"),
    Owner.NAV: gettext_lazy("Socio"),
    Owner.OVERVIEW: gettext_lazy("Oversiktsark"),
}


def read_selection(said: Mapping[str, str]) -> Selection:
    """Read what an address asks for; unknown words are left out."""
    body = next((each for each in WORKING if each == said.get("eier")), None)
    return Selection(
        kind=_KIND_OF_WORD.get(said.get("feil", ""), ""),
        body=body,
        is_everybody=said.get("vis") == "alle",
    )


def href(selection: Selection, page: int = 1) -> str:
    """Spell an address out."""
    parts: dict[str, str] = {}
    if selection.is_everybody:
        parts["vis"] = "alle"
    if selection.kind:
        parts["feil"] = _WORD_OF_KIND[selection.kind]
    if selection.body:
        parts["eier"] = str(selection.body)
    if page > 1:
        parts["side"] = str(page)
    return reverse("crosswalk:crosswalk") + (f"?{urlencode(parts)}" if parts else "")


def assemble(selection: Selection, *, actor: Actor, number: int) -> CrosswalkPage:
    """Return a page of the crosswalk. A fixed number of queries whatever the number of persons."""
    if selection.is_everybody:
        selection = Selection(is_everybody=True)
    found = Crosswalk(actor)
    counts = found.count(selection)
    total = _total(selection, counts)
    pages = paging(
        number=number, size=PAGE_SIZE, total=total, href=lambda page: href(selection, page)
    )
    lines = found.page(selection, start=max(pages.first - 1, 0), size=PAGE_SIZE)
    columns = _columns(found)
    case_at = reverse("participant:participant", args=[_SOMEBODY])
    part_at = reverse("joining:part", args=[_SOMEBODY])
    entry_at = reverse("entering:part", args=[_SOMEBODY, "hvem"])

    def person(line: Line) -> Person:
        at = case_at.replace(str(_SOMEBODY), str(line.id))
        form = entry_at.replace(str(_SOMEBODY), str(line.id))
        part = part_at.replace(str(_SOMEBODY), str(line.id))
        return Person(
            name=line.name,
            href=at,
            cells=tuple(_cell(line, key, system) for key, _label, system in columns),
            work=tuple(_work(line, actor=actor, person=at, form=form, part=part)),
        )

    return CrosswalkPage(
        headings=tuple(label for _key, label, _system in columns),
        kinds=_kinds(selection, counts, found),
        bodies=_bodies(selection, counts),
        groups=(
            Filter(_("Noe å rette"), href(Selection()), counts.amiss, not selection.is_everybody),
            Filter(
                _("Alle personer"),
                href(Selection(is_everybody=True)),
                counts.everybody,
                selection.is_everybody,
            ),
        ),
        people=tuple(person(line) for line in lines),
        paging=pages,
        total=total,
    )


def _total(selection: Selection, counts: queries.Counts) -> int:
    """Return how many persons the list has, as counted with it."""
    if selection.is_everybody:
        return counts.everybody
    if selection.kind:
        return counts.kinds[selection.kind]
    return counts.bodies.get(selection.body, 0) if selection.body else counts.amiss


def _columns(found: Crosswalk) -> list[tuple[str, str, Owner | None]]:
    """Return the columns that the viewer may see: key, heading and system."""
    columns: list[tuple[str, str, Owner | None]] = []
    if {"identifier.fnr", "identifier.dnr"} <= found.may:
        columns.append(("identity", _("Fødselsnr./D-nr."), None))
    if "identifier.duf" in found.may:
        columns.append(("duf", _("DUF"), None))
    columns += [
        (
            NUMBER_OF_SYSTEM[system].partition(".")[2],
            str(_HEADINGS[system]),
            system,
        )
        for system in found.systems
        if system in NUMBER_OF_SYSTEM
    ]
    if Owner.OVERVIEW in found.systems:
        columns.append(("", str(_HEADINGS[Owner.OVERVIEW]), Owner.OVERVIEW))
    return columns


def _cell(line: Line, key: str, system: Owner | None) -> Cell:
    numbers = line.numbers
    if key == "identity":
        kind = next((each for each in ("fnr", "dnr") if each in numbers), "")
        is_missing = any(task is TaskKind.IDENTITY_MISSING for task, _system in line.tasks)
        return Cell(
            number=numbers.get(kind, ""),
            places=(_("D-nummer"),) if kind == "dnr" else (),
            missing=_("mangler") if is_missing else "",
        )
    kinds = {task for task, owner in line.tasks if owner is system}
    missing = ""
    if TaskKind.NUMBER_MISSING in kinds:
        missing = _("mangler")
    elif TaskKind.NOT_IN_LIST in kinds:
        missing = _("ikke i listen")
    return Cell(number=numbers.get(key, ""), places=_places(line, system), missing=missing)


def _places(line: Line, system: Owner | None) -> tuple[str, ...]:
    return tuple(
        _("%(sheet)s, rad %(row)s") % {"sheet": place.sheet, "row": place.number}
        + (_(" (borte fra nyeste fil)") if place.is_gone else "")
        for place in line.places
        if place.system is system
    )


def _work(line: Line, *, actor: Actor, person: str, form: str, part: str) -> list[Work]:
    return [
        *(
            Work(
                sentence=question_sentence(each.kind, field=field_label(each.field), text=""),
                body=listed([str(BODIES[asked]) for asked in each.asks]),
                who="",
                action=Link(
                    _("Svar på spørsmålet")
                    if any(may_answer_question(actor, owner=asked) for asked in each.asks)
                    else _("Se spørsmålet"),
                    reverse("questions:question", args=[each.id]),
                ),
                colour=_COLOURS[COLLISION],
            )
            for each in line.collisions
        ),
        *(
            Work(
                sentence=_sentence(kind, system, line),
                body=str(BODIES[body_of(system)]),
                who=_who(kind, system),
                action=_action(kind, system, actor=actor, person=person, form=form, part=part),
                colour=_COLOURS[kind],
            )
            for kind, system in line.tasks
        ),
    ]


def _sentence(kind: TaskKind, system: Owner, line: Line) -> str:
    of = {"body": _list_of(system)}
    if kind is TaskKind.NUMBER_MISSING:
        label = field_label(NUMBER_OF_SYSTEM[system])
        return _("Står i %(body)s, men mangler %(label)s.") % {**of, "label": label}
    if kind is TaskKind.IDENTITY_MISSING:
        return _("Mangler fødselsnummer og D-nummer.")
    if kind is TaskKind.TWO_ROWS:
        rows = listed([str(each.number) for each in line.places if each.system is system])
        return _("Står på flere rader i %(body)s: %(rows)s.") % {**of, "rows": rows}
    if system in (Owner.REFUGEE, Owner.OVERVIEW):
        return _("Står ikke i %(body)s.") % of
    label = field_label(NUMBER_OF_SYSTEM[system])
    return _("Andre har %(label)s, men personen står ikke i %(body)s.") % {**of, "label": label}


def _list_of(system: Owner) -> str:
    return {
        Owner.REFUGEE: _("listen til flyktningtjenesten"),
        Owner.NAV: _("listen til Nav"),
        Owner.LEARNING: _("listen til voksenopplæringen"),
        Owner.OVERVIEW: _("det felles oversiktsarket"),
    }[system]


def _field_of(kind: TaskKind, system: Owner) -> str:
    """Return the number whose writers put it right."""
    if kind is TaskKind.IDENTITY_MISSING:
        return "ids.fnr"
    return NUMBER_OF_SYSTEM[body_of(system)]


def _who(kind: TaskKind, system: Owner) -> str:
    holders = access_field(access_name(_field_of(kind, system))).writers
    return listed([holder.label for holder in holders])


def _action(
    kind: TaskKind, system: Owner, *, actor: Actor, person: str, form: str, part: str
) -> Link:
    lacks_number = kind in (TaskKind.NUMBER_MISSING, TaskKind.IDENTITY_MISSING)
    if lacks_number and may_write(actor, access_name(_field_of(kind, system))):
        return Link(_("Før inn nummeret"), form)
    if kind is TaskKind.TWO_ROWS and may_undo_link(actor):
        return Link(_("Er det to personer? Skill dem"), part)
    return Link(_("Se deltakeren"), person)


def _kinds(selection: Selection, counts: queries.Counts, found: Crosswalk) -> tuple[Filter, ...]:
    shown = []
    for kind, (_word, label, explanation, colour, icon) in _KINDS.items():
        if kind is TaskKind.IDENTITY_MISSING and "identifier.fnr" not in found.may:
            continue
        is_current = selection.kind == kind
        target = replace(selection, kind="" if is_current else str(kind), is_everybody=False)
        shown.append(
            Filter(
                label=str(label),
                explanation=str(explanation),
                href=href(target),
                count=counts.kinds[str(kind)],
                is_current=is_current,
                colour=colour,
                icon=icon,
            )
        )
    return tuple(shown)


def _bodies(selection: Selection, counts: queries.Counts) -> tuple[Filter, ...]:
    if len(counts.bodies) < 2:
        return ()
    everyone = replace(selection, body=None, is_everybody=False)
    return (
        Filter(_("Alle tjenester"), href(everyone), counts.every_body, selection.body is None),
        *(
            Filter(
                str(BODIES[body]),
                href(replace(selection, body=body, is_everybody=False)),
                count,
                selection.body is body,
            )
            for body, count in counts.bodies.items()
        ),
    )

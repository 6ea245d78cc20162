"""Filling the pages on which participants are joined and parted, cut to what may be read."""

from collections.abc import Collection, Mapping
from datetime import date
from uuid import UUID

from django.forms import Form
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from innpass.casework.participants.queries import (
    Participant,
    numbers_of,
    search_participants,
    statements_about,
)
from innpass.casework.participants.sources import MASK
from innpass.casework.reconciliation.foreseeing_joins import (
    Held,
    Why,
    foresee_join,
    plain_differences,
)
from innpass.casework.reconciliation.joining import rows_to_part, shared_numbers
from innpass.domain.access.fields import FIELDS, access_name
from innpass.domain.access.policy import readable
from innpass.domain.access.roles import Actor
from innpass.domain.sheets.records import Owner, TableKind
from innpass.web.design.templatetags.design import day
from innpass.web.design.words import (
    BODIES,
    capitalised,
    code_in_words,
    field_label,
    in_words,
    listed,
    source_name,
)
from innpass.web.joining.forms import ReasonForm, SearchForm, SureForm
from innpass.web.joining.pages import (
    Candidate,
    Comparison,
    JoinPage,
    PartPage,
    Row,
    SharedNumber,
)

_MOST_FOUND = 20
_COMPARED = (
    *("name", "native_name", "birth_date", "country"),
    *(f"ids.{kind}" for kind in ("fnr", "dnr", "duf", "socio", "visma_refugee", "visma_learning")),
    *("programme.start", "programme.planned_end", "programme.adviser", "programme.class_name"),
)
_SECRET = ("ids.fnr", "ids.dnr", "ids.duf")
_DIFFERENT = {
    "name": gettext_lazy("Ingen del av navnene er lik."),
    "birth_date": gettext_lazy("De har hver sin fødselsdato."),
    "ids.fnr": gettext_lazy("De har hvert sitt fødselsnummer."),
    "ids.dnr": gettext_lazy("De har hvert sitt D-nummer."),
    "ids.duf": gettext_lazy("De har hvert sitt DUF-nummer."),
}
_WHY = {
    Why.ALONE: gettext_lazy("Bare %(whose)s har det."),
    Why.ALIKE: gettext_lazy("Likt hos begge."),
    Why.BY_HAND: gettext_lazy("Fra %(whose)s: ført i Innpass, og går foran arkene."),
    Why.OWNER: gettext_lazy("Fra %(whose)s: %(body)s går foran her."),
    Why.FULLER: gettext_lazy("Fra %(whose)s: raden som sier mest."),
}
_KINDS = {
    TableKind.PERSON: gettext_lazy("om personen"),
    TableKind.PLACEMENT: gettext_lazy("om praksis"),
    TableKind.ACTIVITY: gettext_lazy("om timer"),
    TableKind.LEAVE: gettext_lazy("om permisjon"),
    TableKind.ABSENCE: gettext_lazy("om fravær"),
    TableKind.DECISION: gettext_lazy("om vedtak"),
    TableKind.TEST: gettext_lazy("om norskprøve"),
}


def join_page(
    person: Participant,
    *,
    actor: Actor,
    search: SearchForm | None = None,
    other: Participant | None = None,
    form: ReasonForm | None = None,
    obstacle: str = "",
) -> JoinPage:
    """Return the page: what the search found, or the two side by side."""
    here = reverse("joining:join", args=[person.pk])
    found = None
    if search is not None and search.is_bound and search.is_valid():
        people = search_participants(search.cleaned_data["search"], actor=actor, most=_MOST_FOUND)
        found = tuple(_candidate(each, here, actor) for each in people if each.pk != person.pk)
    return JoinPage(
        href=here,
        person_href=reverse("participant:participant", args=[person.pk]),
        name=person.name,
        search=search or SearchForm(),
        found=found,
        other=other.pk if other else None,
        other_name=other.name if other else "",
        other_href=reverse("participant:participant", args=[other.pk]) if other else "",
        comparisons=_comparisons(person, other, readable(actor)) if other else (),
        differences=_differences(person, other, readable(actor)) if other else (),
        form=(form or form_about(person, other)()) if other else None,
        obstacle=obstacle,
    )


def form_about(one: Participant, other: Participant) -> type[ReasonForm]:
    """Return the form that is asked before two are joined."""
    return SureForm if plain_differences(one, other) else ReasonForm


def _differences(one: Participant, other: Participant, may: frozenset[str]) -> tuple[str, ...]:
    """Say how two are plainly different, in what the viewer may read."""
    found = plain_differences(one, other)
    said = [str(_DIFFERENT[name]) for name in _DIFFERENT if name in found & _readable(found, may)]
    return tuple(said) or ((_("Noe du ikke kan lese, er forskjellig."),) if found else ())


def _readable(names: Collection[str], may: frozenset[str]) -> frozenset[str]:
    return frozenset(name for name in names if access_name(name) in may)


def _candidate(person: Participant, here: str, actor: Actor) -> Candidate:
    born = person.birth_date if "birth_date" in readable(actor) else None
    return Candidate(
        name=person.name,
        href=f"{here}?med={person.pk}",
        note=_("født %(day)s") % {"day": day(born)} if born else "",
    )


Said = dict[str, list[tuple[str, str]]]


def _said(person: Participant, may: frozenset[str]) -> Said:
    """Return what the sources say by field: each value once, with those who say so."""
    found: dict[str, dict[str, list[str]]] = {}
    for each in statements_about(person, readable=may):
        body = _("Ført i Innpass") if each.owner is Owner.HAND else str(BODIES[each.owner])
        value = code_in_words(each.field, each.value)
        bodies = found.setdefault(each.field, {}).setdefault(value, [])
        if body not in bodies:
            bodies.append(body)
    return {
        name: [(value, listed(bodies)) for value, bodies in values.items()]
        for name, values in found.items()
    }


def _comparisons(
    one: Participant, other: Participant, may: frozenset[str]
) -> tuple[Comparison, ...]:
    mine, theirs = _said(one, may), _said(other, may)
    numbers = [
        {f"ids.{row.kind}": row.token for row in numbers_of(person) if row.token}
        for person in (one, other)
    ]
    held = foresee_join(one, other)
    return tuple(
        Comparison(
            field=capitalised(field_label(name)),
            one=tuple(mine.get(name, ())),
            other=tuple(theirs.get(name, ())),
            likeness=_likeness(name, mine, theirs, numbers),
            held=_in_words(name, held[name]) if name in held else "",
            why=_why(held[name], one, other) if name in held else "",
        )
        for name in _COMPARED
        if name in mine or name in theirs
    )


def _in_words(name: str, held: Held) -> str:
    if isinstance(held.value, date):
        return f"{held.value:%d.%m.%Y}"  # as the two beside it
    return MASK if name in _SECRET else in_words(name, held.value)


def _why(held: Held, one: Participant, other: Participant) -> str:
    """Say whose value would hold, and why; two of one name are told apart as left and right."""
    whose = (one if held.is_ones else other).name
    if one.name == other.name:
        whose = _("den til venstre") if held.is_ones else _("den til høyre")
    body = source_name(str(held.owner))
    return str(_WHY[held.why]) % {"whose": whose, "body": body}


def _likeness(name: str, mine: Said, theirs: Said, numbers: list[dict[str, str]]) -> str:
    if name not in mine or name not in theirs:
        return ""
    if name in _SECRET:  # masked, but the indexes can be compared
        one, other = (some.get(name) for some in numbers)
        return ("same" if one == other else "differs") if one and other else ""
    values = [{value.casefold() for value, _body in side[name]} for side in (mine, theirs)]
    return "same" if values[0] & values[1] else "differs"


def part_page(
    person: Participant,
    *,
    actor: Actor,
    chosen: Collection[UUID] = (),
    whose: Mapping[str, str] | None = None,
    form: Form | None = None,
    obstacle: str = "",
) -> PartPage:
    """Return the page; ``whose`` answers by field who has a number: ``stay`` or ``leave``."""
    known = rows_to_part(person, actor=actor)
    leaving = [row for row in known if row.id in chosen]
    shared = shared_numbers(leaving, [row for row in known if row.id not in chosen])
    return PartPage(
        href=reverse("joining:part", args=[person.pk]),
        person_href=reverse("participant:participant", args=[person.pk]),
        name=person.name,
        rows=tuple(
            Row(
                id=row.id,
                place=_("%(file)s, %(sheet)s, rad %(row)s")
                % {"file": row.file, "sheet": row.sheet, "row": row.number},
                body=str(BODIES[row.owner]),
                kind=str(_KINDS[row.kind]),
                says=tuple(
                    f"{field_label(name)}: {in_words(name, value)}"
                    for name, value in row.marks.items()
                    if name not in ("given_name", "family_name") or "name" not in row.marks
                ),
                is_chosen=row.id in chosen,
            )
            for row in known
        ),
        form=form or ReasonForm(),
        shared=tuple(
            SharedNumber(name, capitalised(field_label(name)), (whose or {}).get(name, ""))
            for name in sorted(shared)
            if f"identifier.{name.removeprefix('ids.')}" in FIELDS
        ),
        obstacle=obstacle,
    )

"""Filling the list of questions, cut to the people and fields the viewer may see."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from innpass.casework.participants.queries import (
    count_settled_questions,
    open_questions,
    people_of_rows,
    places_of_rows,
)
from innpass.casework.reconciliation.queries import readable_reasons
from innpass.domain.access.fields import access_name
from innpass.domain.access.policy import readable
from innpass.domain.access.roles import Actor
from innpass.domain.deriving.sentences import question_sentence
from innpass.domain.linking.rows import Reason
from innpass.domain.linking.sentences import sentence
from innpass.domain.sheets.fields import plain
from innpass.web.design.words import BODIES, capitalised, field_label, in_words
from innpass.web.questions.pages import Group, Kind, Question, QuestionsPage

LISTED = 200  # of each kind; the totals count all

_DATES = gettext_lazy("Cellen sier ikke hvilken dag. Skriv hele datoen i arket.")
_NUMBERS = gettext_lazy("To kilder sier ulikt om hvem nummeret tilhører.")
# The kinds in the order in which they are shown: persons first, since other answers rest on them.
KINDS: dict[str, tuple[Any, Any]] = {
    "one_number_two_persons": (gettext_lazy("Ett nummer på to personer"), _NUMBERS),
    "number_of_another_person": (gettext_lazy("Nummer som tilhører en annen"), _NUMBERS),
    "maybe_same_person": (
        gettext_lazy("Kanskje samme person"),
        gettext_lazy("Raden ligner en person vi kjenner, men ikke nok til å koble den."),
    ),
    "row_without_person": (
        gettext_lazy("Rad uten person"),
        gettext_lazy("Raden sier for lite til at vi ser hvem den gjelder."),
    ),
    "bad_identity_number": (
        gettext_lazy("Ugyldig fødselsnummer eller D-nummer"),
        gettext_lazy("Nummeret har feil siffer eller feil lengde. Rett det i arket."),
    ),
    "date_without_year": (gettext_lazy("Dato uten år"), _DATES),
    "month_only": (gettext_lazy("Bare måned"), _DATES),
    "week_only": (gettext_lazy("Bare uke"), _DATES),
    "ambiguous_date": (gettext_lazy("Dato med flere lesemåter"), _DATES),
    "impossible_date": (
        gettext_lazy("Dato som ikke finnes"),
        gettext_lazy("Datoen er ikke mulig. Skriv den riktige datoen i arket."),
    ),
    "reversed_days": (
        gettext_lazy("Slutt før start"),
        gettext_lazy("Siste dag er før første dag. Rett den ene datoen i arket."),
    ),
    "hours_out_of_range": (
        gettext_lazy("Umulig timetall"),
        gettext_lazy("Det er flere timer enn det er i en uke."),
    ),
    "bad_number": (
        gettext_lazy("Tall vi ikke kan lese"),
        gettext_lazy("Skriv bare tallet i cellen."),
    ),
    "too_long": (
        gettext_lazy("For lang tekst"),
        gettext_lazy("Det er lengre enn noe navn eller noen verdi."),
    ),
    "unknown_word": (
        gettext_lazy("Ord vi ikke kjenner"),
        gettext_lazy("Bruk et ord som andre rader i kolonnen har."),
    ),
    "uncertain": (
        gettext_lazy("Ikke avklart"),
        gettext_lazy("Den som førte arket, visste ikke ennå."),
    ),
    "note": (
        gettext_lazy("Merknad i stedet for verdi"),
        gettext_lazy("Det står tekst der det skulle stått en dato eller et tall."),
    ),
}
_ABOUT_ROWS = ("maybe_same_person", "row_without_person")


def assemble(*, actor: Actor) -> QuestionsPage:
    """Return the page. Five queries whatever the number of questions."""
    every = list(
        open_questions(actor)
        .order_by("row__file__name", "row__sheet", "row__number", "cell", "kind")
        .values_list("pk", "kind", "asks")
    )
    piles: dict[str, dict[str, list[UUID]]] = {body: defaultdict(list) for body in _order(actor)}
    for pk, kind, asks in every:
        for body in asks:
            piles[body][kind].append(pk)
    shown = _shown(
        {pk for kinds in piles.values() for pile in kinds.values() for pk in pile[:LISTED]}, actor
    )
    groups = []
    for body, kinds in piles.items():
        if not kinds:
            continue
        groups.append(
            Group(
                key=body,
                label=str(BODIES[body]),
                kinds=tuple(
                    Kind(
                        label=str(label),
                        explanation=str(explanation),
                        questions=tuple(shown[pk] for pk in kinds[kind][:LISTED]),
                        total=len(kinds[kind]),
                    )
                    for kind, (label, explanation) in KINDS.items()
                    if kind in kinds
                ),
                total=sum(map(len, kinds.values())),
            )
        )
    return QuestionsPage(
        groups=tuple(groups), total=len(every), settled=count_settled_questions(actor)
    )


def _order(actor: Actor) -> list[str]:
    """Return the bodies, the viewer's own first."""
    return sorted(BODIES, key=lambda body: (body != actor.body, list(BODIES).index(body)))


def _shown(ids: Iterable[UUID], actor: Actor) -> dict[UUID, Question]:
    rows = list(
        open_questions(actor)
        .filter(pk__in=list(ids))
        .values(
            "pk",
            "row",
            "row__file__name",
            "row__sheet",
            "row__number",
            "field",
            "cell",
            "kind",
            "text",
            "possible",
            "values",
        )
    )
    candidates = {UUID(each) for row in rows for each in row["values"].get("candidates", ())}
    people = people_of_rows({row["row"] for row in rows} | candidates, actor=actor)
    places = places_of_rows(candidates)
    may = readable(actor)
    return {row["pk"]: _question(row, people, places, may) for row in rows}


def _question(
    row: Mapping[str, Any],
    people: Mapping[UUID, Any],
    places: Mapping[UUID, tuple[str, str, int]],
    may: frozenset[str],
) -> Question:
    may_read = access_name(plain(row["field"])) in may
    person = people.get(row["row"])
    is_about_row = row["kind"] in _ABOUT_ROWS
    return Question(
        file=row["row__file__name"],
        sheet=row["row__sheet"],
        cell=_("rad %(number)s") % {"number": row["row__number"]} if is_about_row else row["cell"],
        text=row["text"] if is_about_row and may_read else "",
        field="" if is_about_row else capitalised(field_label(row["field"])),
        sentence=question_sentence(
            row["kind"], field=field_label(row["field"]), text=row["text"] if may_read else ""
        ),
        readings=tuple(in_words(row["field"], each) for each in row["possible"])
        if may_read
        else (),
        evidence=tuple(_evidence(row, people, places, may)),
        person=person.name if person else "",
        person_href=reverse("participant:participant", args=[person.pk]) if person else "",
    )


def _evidence(
    row: Mapping[str, Any],
    people: Mapping[UUID, Any],
    places: Mapping[UUID, tuple[str, str, int]],
    may: frozenset[str],
) -> Iterable[str]:
    """Say who the row could be about, and what speaks for and against the likeliest."""
    if "link.reasons" not in may:
        return
    own = people.get(row["row"])
    for each in row["values"].get("candidates", ()):
        pk = UUID(each)
        person = people.get(pk)
        if person is None or (own and person.pk == own.pk) or pk not in places:
            continue
        file, sheet, number = places[pk]
        template = (
            _("Kan være %(name)s (%(file)s, %(sheet)s, rad %(row)s).")
            if row["kind"] in _ABOUT_ROWS
            else _("Nummeret står også på %(name)s (%(file)s, %(sheet)s, rad %(row)s).")
        )
        yield template % {"name": person.name, "file": file, "sheet": sheet, "row": number}
    if row["kind"] in _ABOUT_ROWS:
        for reason in readable_reasons(row["values"].get("reasons", []), may):
            yield sentence(Reason(reason["code"], reason["values"]))

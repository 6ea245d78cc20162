"""Filling the administration: the access table in words, and the marks of protected addresses."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from innpass.casework.organisations.queries import staff
from innpass.casework.participants.queries import (
    find_participant,
    marks_that_hold,
    search_participants,
)
from innpass.domain.access.fields import FIELDS, SENSITIVITY_NAMES, AccessField, Holder
from innpass.domain.access.policy import (
    ACT_HOLDERS,
    ACT_PHRASES,
    NOBODY,
    Act,
    may,
    may_read,
    may_review_files,
    may_set_protection,
)
from innpass.domain.access.roles import ROLE_NAMES, Actor, Role
from innpass.exchange.clock import today
from innpass.web.administration.forms import LiftForm, SearchForm, SetForm
from innpass.web.administration.pages import (
    ActRow,
    FieldGroup,
    FieldRow,
    FieldsPage,
    ProtectedPerson,
    ProtectionPage,
)
from innpass.web.design.words import capitalised

MOST_FOUND = 20

# Each field stands in the first group that one of its beginnings fits.
GROUPS: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (gettext_lazy("Numre"), ("identifier.",)),
    (gettext_lazy("Beskyttet adresse"), ("protection_mark",)),
    (
        gettext_lazy("Kontakter"),
        ("programme.adviser", "programme.supervisor", "nav.adviser", "teacher"),
    ),
    (gettext_lazy("Norsk"), ("level.", "test.", "programme.class_name", "programme.track")),
    (gettext_lazy("Program"), ("programme.",)),
    (gettext_lazy("Oppfølging"), ("nav.", "last_contact", "next_step", "remark")),
    (gettext_lazy("Praksis, timer og permisjon"), ("placement.", "activity.", "leave.")),
    (gettext_lazy("Det Innpass regner ut"), ("status.", "journey.")),
    (
        gettext_lazy("Om opplysningene"),
        ("provenance", "history", "link.", "question.", "read_log"),
    ),
    (gettext_lazy("Hvem deltakeren er"), ("",)),
)
_FIRST = gettext_lazy("Hvem deltakeren er")


def fields_page(*, actor: Actor) -> FieldsPage:
    """Return the table that is executed, by group."""
    groups: dict[str, list[FieldRow]] = {str(_FIRST): []}
    for name, row in FIELDS.items():
        label = next(str(label) for label, begin in GROUPS if name.startswith(begin))
        groups.setdefault(label, []).append(_row(row))
    return FieldsPage(
        groups=tuple(FieldGroup(label, tuple(rows)) for label, rows in groups.items()),
        acts=tuple(
            ActRow(capitalised(ACT_PHRASES[act]), _names(who)) for act, who in ACT_HOLDERS.items()
        ),
        may_protect=may_set_protection(actor),
        may_review=may_review_files(actor),
        may_keep_terms=may(actor, Act.KEEP_TERMS),
    )


def _names(who: tuple[Holder, ...]) -> tuple[str, ...]:
    if {holder.role for holder in who if holder.body is None} == set(Role):
        return (_("alle roller"),)
    return tuple(holder.label for holder in who)


def _row(row: AccessField) -> FieldRow:
    return FieldRow(
        label=capitalised(row.label),
        sensitivity=SENSITIVITY_NAMES[row.sensitivity],
        legal_basis=row.basis,
        readers=_names(row.readers),
        revealers=_names(row.revealers),
        writers=_names(row.writers),
        retention=f"{row.retention.text} ({row.retention.source})",
    )


@dataclass(frozen=True, slots=True)
class Marking:
    """How far somebody has come in marking a person: searching, choosing, or done choosing."""

    search: SearchForm = field(default_factory=SearchForm)
    form: SetForm | None = None
    note: str = ""

    @classmethod
    def of_person(cls, pk: UUID | None, *, actor: Actor) -> Self:
        """Begin with a person chosen elsewhere, or with the search."""
        if pk is None:
            return cls()
        person = find_participant(pk, actor=actor)
        if person is None:
            return cls(note=NOBODY)
        if person.is_protected:
            return cls(note=_("%(name)s er alt merket.") % {"name": person.name})
        return cls(form=_form([_choice(person, actor)], actor, chosen=str(pk)))

    @classmethod
    def found(cls, search: SearchForm, *, actor: Actor) -> Self:
        """Offer the people that a search finds."""
        words = search.cleaned_data["search"]
        some = search_participants(words, actor=actor, most=MOST_FOUND + 1)
        people = [person for person in some if not person.is_protected]
        if not people:
            return cls(search=search, note=_("Ingen av dem du kan se, passer med søket."))
        note = ""
        if len(some) > MOST_FOUND:
            note = _("De %(most)s første. Skriv mer av navnet for å finne andre.") % {
                "most": MOST_FOUND
            }
        choices = [_choice(person, actor) for person in people[:MOST_FOUND]]
        chosen = choices[0][0] if len(choices) == 1 else ""
        return cls(search=search, form=_form(choices, actor, chosen=chosen), note=note)

    @classmethod
    def posted(cls, data: Mapping[str, Any], *, actor: Actor) -> Self:
        """Take what was posted: the chosen person is the only choice that is left."""
        try:
            person = find_participant(UUID(str(data.get("participant", ""))), actor=actor)
        except ValueError:
            person = None
        if person is None:
            return cls(note=_("Velg hvem som skal merkes."))
        return cls(form=_form([_choice(person, actor)], actor, data=data))


def _choice(person: Any, actor: Actor) -> tuple[str, str]:
    born = person.birth_date
    if born and may_read(actor, "birth_date"):
        return str(person.pk), _("%(name)s, født %(year)s") % {
            "name": person.name,
            "year": born.year,
        }
    return str(person.pk), person.name


def _form(
    people: list[tuple[str, str]], actor: Actor, data: Any = None, chosen: str = ""
) -> SetForm:
    return SetForm(
        data,
        people=people,
        staff=_colleagues(actor),
        initial={"participant": chosen} if chosen else {},
    )


def _colleagues(actor: Actor) -> list[tuple[str, str]]:
    return [
        (str(user.pk), f"{user}, {', '.join(sorted(ROLE_NAMES[role] for role in roles))}")
        for user, roles in staff(on=today()).items()
        if user.pk != actor.user_id
    ]


def protection_page(
    *, actor: Actor, marking: Marking, lifting: LiftForm | None = None
) -> ProtectionPage:
    """Return the marks the viewer is named in, and how far the marking of a person has come."""
    people = []
    for mark in marks_that_hold(actor):
        is_posted = lifting is not None and str(lifting.data.get("mark")) == str(mark.pk)
        people.append(
            ProtectedPerson(
                name=mark.participant.name,
                href=reverse("participant:participant", args=[mark.participant_id]),
                set_at=mark.set_at,
                set_by=str(mark.set_by),
                reason=mark.reason,
                named=tuple(sorted(str(row.user) for row in mark.named_staff.all())),
                form=lifting if is_posted and lifting else LiftForm.of(mark.pk),
            )
        )
    return ProtectionPage(
        search_form=marking.search,
        set_form=marking.form,
        note=marking.note,
        people=tuple(people),
    )

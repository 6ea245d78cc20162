"""Making an employer, what is noted of it, and saying that two spellings are one."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from innpass.casework.employers.models import EmployerCard
from innpass.casework.employers.queries import employers_seen_by, find_employer
from innpass.casework.organisations.models import ChangedMeanwhile
from innpass.casework.placements.models import Employer
from innpass.casework.timetable.keeping import CannotKeep, Fault, note, one_at_a_time
from innpass.domain.access.policy import Act, check_may
from innpass.domain.access.roles import Actor
from innpass.domain.identifiers import is_organisation_number
from innpass.domain.sheets.fields import PlacementKind

LONGEST_NAME = 200
_DIGITS = 9  # of an organisation number


@dataclass(frozen=True, slots=True)
class CardValues:
    """What is noted of an employer, as ``EmployerCard`` has it."""

    organisation_number: str = ""
    employees: int | None = None
    most_at_once: int | None = None
    closed_on: date | None = None


@transaction.atomic
def make_employer(
    *, kind: PlacementKind, name: str, values: CardValues | None = None, by: Actor
) -> Employer:
    """Note a unit or firm. One that the sheets name already is that one, and gets a card.

    Raises:
        MayNot: employers are not theirs to keep.
        CannotKeep: there is one of that kind and name, or the organisation number is another's or
            none.
    """
    check_may(by, Act.KEEP_EMPLOYERS)
    municipality = one_at_a_time(by)
    values = values or CardValues()
    name = " ".join(name.split())
    there = _named(kind, name)
    faults = []
    if not name:
        faults.append(Fault("name", _("Skriv hva arbeidsgiveren heter.")))
    if there is not None and hasattr(there, "card"):
        text = _("«%(name)s» finnes allerede. Søk etter den i lista.")
        faults.append(Fault("name", text % {"name": there.name}))
    faults += _faults_of_number(values.organisation_number, there, by)
    if faults:
        raise CannotKeep(faults)
    employer = there or Employer.objects.create(
        municipality=municipality, kind=kind.value, name=name[:LONGEST_NAME]
    )
    EmployerCard.objects.create(
        municipality=municipality,
        employer=employer,
        organisation_number=_digits(values.organisation_number),
        employees=values.employees,
        most_at_once=values.most_at_once,
        closed_on=values.closed_on,
    )
    note(
        by,
        action="make_employer",
        kind="employer",
        subject=employer.pk,
        changes={"name": [None, employer.name]},
    )
    return employer


@transaction.atomic
def keep_card(*, employer: Employer, values: CardValues, expected: int, by: Actor) -> None:
    """Store what is noted of an employer.

    Args:
        expected: the card's ``version`` on the screen; 0 where there was none.

    Raises:
        MayNot: employers are not theirs to keep.
        CannotKeep: the organisation number is another's or none.
        ChangedMeanwhile: somebody else saved the card.
    """
    check_may(by, Act.KEEP_EMPLOYERS)
    one_at_a_time(by)
    if faults := _faults_of_number(values.organisation_number, employer, by):
        raise CannotKeep(faults)
    there = EmployerCard.objects.filter(employer=employer).first()
    if (there.version if there else 0) != expected:
        raise ChangedMeanwhile(there or EmployerCard(employer=employer, version=0))
    card = there or card_of(employer, by=by)
    new = {
        "organisation_number": _digits(values.organisation_number),
        "employees": values.employees,
        "most_at_once": values.most_at_once,
        "closed_on": values.closed_on,
    }
    changes = {
        name: [_told(getattr(card, name)), _told(value)]
        for name, value in new.items()
        if getattr(card, name) != value
    }
    for name, value in new.items():
        setattr(card, name, value)
    card.save_version(expected=card.version, fields=tuple(new))
    note(by, action="keep_card", kind="employer", subject=employer.pk, changes=changes)


def card_of(employer: Employer, *, by: Actor) -> EmployerCard:
    """Return an employer's card, made where there is none: whatever is noted of one needs it."""
    found: EmployerCard
    found, _made = EmployerCard.objects.get_or_create(
        employer=employer, defaults={"municipality_id": by.municipality_id}
    )
    return found


@transaction.atomic
def join_names(*, alias: Employer, heir: Employer, by: Actor) -> None:
    """Say that an employer is another spelling of one: what is asked of the one tells of both.

    The sheets keep what they say, and ``part_names`` takes it back.

    Raises:
        MayNot: employers are not theirs to keep.
        CannotKeep: they are of two kinds, the same, or one of them stands for a third already.
    """
    check_may(by, Act.KEEP_EMPLOYERS)
    one_at_a_time(by)
    card, other = card_of(alias, by=by), card_of(heir, by=by)
    if alias == heir:
        raise CannotKeep([Fault("heir", _("Velg en annen arbeidsgiver enn den selv."))])
    if alias.kind != heir.kind:
        text = _("En kommunal enhet og en bedrift kan ikke være samme arbeidsgiver.")
        raise CannotKeep([Fault("heir", text)])
    if other.same_as_id:
        text = _("«%(name)s» er selv en skrivemåte for en annen. Velg den andre.")
        raise CannotKeep([Fault("heir", text % {"name": heir.name})])
    if EmployerCard.objects.filter(same_as=alias).exists():
        text = _("Andre skrivemåter er slått sammen med «%(name)s». Skill dem først.")
        raise CannotKeep([Fault("heir", text % {"name": alias.name})])
    card.same_as = heir
    card.save_version(expected=card.version, fields=("same_as",))
    note(
        by,
        action="join_employers",
        kind="employer",
        subject=alias.pk,
        changes={"same_as": [None, heir.name]},
    )


@transaction.atomic
def part_names(*, alias: Employer, by: Actor) -> None:
    """Take back that an employer is another spelling of one; nothing where it is none.

    Raises:
        MayNot: employers are not theirs to keep.
    """
    check_may(by, Act.KEEP_EMPLOYERS)
    one_at_a_time(by)
    card = EmployerCard.objects.filter(employer=alias).select_related("same_as").first()
    if card is None or card.same_as is None:
        return
    heir, card.same_as = card.same_as, None
    card.save_version(expected=card.version, fields=("same_as",))
    note(
        by,
        action="part_employers",
        kind="employer",
        subject=alias.pk,
        changes={"same_as": [heir.name, None]},
    )


def may_be_joined_with(employer: Employer, *, actor: Actor) -> list[Employer]:
    """Return the employers that one may be another spelling of, by name. One query."""
    others = employers_seen_by(actor).filter(kind=employer.kind).exclude(pk=employer.pk)
    return list(others.exclude(card__same_as__isnull=False).order_by("name", "pk"))


def _named(kind: PlacementKind, name: str) -> Employer | None:
    """Find an employer by its name, however the letters are; seen or not, there is but one."""
    wanted = name.casefold()
    same = Employer.objects.filter(kind=kind.value).select_related("card")
    exact: Employer | None = same.filter(name=name).first()
    # The database folds letters in its own way, and not those beyond ASCII.
    return exact or next((each for each in same if each.name.casefold() == wanted), None)


def _faults_of_number(number: str, employer: Employer | None, by: Actor) -> list[Fault]:
    digits = _digits(number)
    if not digits:
        return []
    if not is_organisation_number(digits):
        is_mistyped = len(digits) == _DIGITS and digits.isdecimal()
        text = (
            _("«%(number)s» er ikke et organisasjonsnummer: kontrollsifferet stemmer ikke.")
            if is_mistyped
            else _("«%(number)s» er ikke et organisasjonsnummer. Det har ni siffer.")
        )
        return [Fault("organisation_number", text % {"number": number.strip()})]
    taken = EmployerCard.objects.filter(organisation_number=digits)
    pk: UUID | None = taken.exclude(employer=employer).values_list("employer", flat=True).first()
    if pk is None:
        return []
    other = find_employer(pk, actor=by)
    text = _("Organisasjonsnummeret står på «%(name)s». Rett det ene av dem.")
    return [Fault("organisation_number", text % {"name": other.name if other else ""})]


def _digits(number: str) -> str:
    """Return the number without the spaces that people write; what is none stays as it is."""
    return "".join(number.split())


def _told(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value

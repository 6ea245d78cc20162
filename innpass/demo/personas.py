"""The invented staff of the demo municipality, one for each role."""

from dataclasses import dataclass

from innpass.casework.organisations.models import OrganisationKind
from innpass.domain.access.roles import Role


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody to sign in as. ``sees`` says in a few words what the role is for."""

    username: str
    name: str
    role: Role
    body: OrganisationKind
    sees: str


_REFUGEE = OrganisationKind.REFUGEE_DEPARTMENT

STAFF = (
    Person("kari", "Kari Lunde", Role.PROGRAMME_ADVISER, _REFUGEE, "Programmet, planen og timene"),
    Person("ingrid", "Ingrid Tveit", Role.PRACTICE_SUPERVISOR, _REFUGEE, "Praksis og oppfølging"),
    Person(
        "odd", "Odd Berge", Role.NAV_ADVISER, OrganisationKind.NAV_OFFICE, "Tiltak og overføring"
    ),
    Person(
        "liv",
        "Liv Solheim",
        Role.TEACHER,
        OrganisationKind.ADULT_LEARNING_CENTRE,
        "Norsk og prøver",
    ),
    Person("ragnhild", "Ragnhild Moe", Role.LEADER, _REFUGEE, "Tallene og lovens krav"),
    Person("per", "Per Hauge", Role.COORDINATOR, _REFUGEE, "Enheter, praksisplasser og resultater"),
    Person("siv", "Siv Dahl", Role.ADMINISTRATOR, _REFUGEE, "Brukere og tilganger"),
)

"""The invented staff of the demo municipality, one for each role."""

from dataclasses import dataclass

from innpass.casework.organisations.models import OrganisationKind
from innpass.domain.access.roles import Role


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody to sign in as. ``sees`` says in a few words what the role is for.

    ``phone`` and ``email`` are invented.
    """

    username: str
    name: str
    role: Role
    body: OrganisationKind
    sees: str
    phone: str

    @property
    def email(self) -> str:
        """The address at work."""
        return f"{self.username}@fjordvik.example"


_REFUGEE = OrganisationKind.REFUGEE_DEPARTMENT

STAFF = (
    Person(
        "kari",
        "Kari Lunde",
        Role.PROGRAMME_ADVISER,
        _REFUGEE,
        "Programmet, planen og timene",
        "400 00 101",
    ),
    Person(
        "ingrid",
        "Ingrid Tveit",
        Role.PRACTICE_SUPERVISOR,
        _REFUGEE,
        "Praksis og oppfølging",
        "400 00 102",
    ),
    Person(
        "odd",
        "Odd Berge",
        Role.NAV_ADVISER,
        OrganisationKind.NAV_OFFICE,
        "Tiltak og overføring",
        "400 00 103",
    ),
    Person(
        "liv",
        "Liv Solheim",
        Role.TEACHER,
        OrganisationKind.ADULT_LEARNING_CENTRE,
        "Norsk og prøver",
        "400 00 104",
    ),
    Person(
        "ragnhild", "Ragnhild Moe", Role.LEADER, _REFUGEE, "Tallene og lovens krav", "400 00 105"
    ),
    Person(
        "per",
        "Per Hauge",
        Role.COORDINATOR,
        _REFUGEE,
        "Enheter, praksisplasser og resultater",
        "400 00 106",
    ),
    Person("siv", "Siv Dahl", Role.ADMINISTRATOR, _REFUGEE, "Brukere og tilganger", "400 00 107"),
)

"""The cast: who works in Lillevik, who takes part there, and Siri, who works somewhere else.

Amina, Bohdan and Celine participate, as the workbooks of ``casework.reconciliation.little`` say.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.test import Client
from django_scopes import scope

from innpass.casework.accounts.models import User
from innpass.casework.imports.models import ImportBatch
from innpass.casework.organisations.models import Municipality
from innpass.casework.organisations.queries import actor_for
from innpass.casework.organisations.services import employ, make_municipality
from innpass.casework.participants.models import Participant, ProtectionMark
from innpass.casework.participants.services import set_protection
from innpass.domain.access.roles import Actor, Role
from tests.casework.reconciliation import little
from tests.casework.reconciliation.importing import TODAY, receive, take_in

RAGNHILD, ODD, LIV, PER = "ragnhild", "odd", "liv", "per"
KARI, LEA, ADA, SIRI, NINA = "kari", "lea", "ada", "siri", "nina"

ROLES: dict[str, tuple[str, Role]] = {
    RAGNHILD: ("Ragnhild Moe", Role.PROGRAMME_ADVISER),
    KARI: ("Kari Lunde", Role.PROGRAMME_ADVISER),
    ODD: ("Odd Berge", Role.NAV_ADVISER),
    LIV: ("Liv Solheim", Role.TEACHER),
    PER: ("Per Hauge", Role.PRACTICE_SUPERVISOR),
    NINA: ("Nina Dahl", Role.COORDINATOR),
    LEA: ("Lea Vik", Role.LEADER),
    ADA: ("Ada Strand", Role.ADMINISTRATOR),
}
FIRST_DAY = date(2020, 1, 1)
MONTH = "flyktning.xlsx"


@dataclass
class Town:
    """Lillevik with its staff; ``elsewhere`` is where Siri works."""

    municipality: Municipality
    elsewhere: Municipality
    users: dict[str, User]
    clients: dict[str, Client] = field(default_factory=dict)

    def actor(self, name: str) -> Actor:
        """Return somebody's eyes."""
        found = actor_for(self.users[name], on=TODAY)
        assert found is not None
        return found[0]

    def browser(self, name: str) -> Client:
        """Return a browser in which somebody is signed in."""
        if name not in self.clients:
            self.clients[name] = Client()
            self.clients[name].force_login(self.users[name])
        return self.clients[name]

    def people(self, given_name: str) -> Participant:
        """Return a participant by given name."""
        found: Participant = Participant.objects.get(given_name=given_name, absorbed_by=None)
        return found

    def take_in(self, files: dict[str, bytes], *, by: str | None = None) -> dict[str, Any]:
        """Import files at once; return the preview as it turned out."""
        actor = self.actor(by) if by else None
        return take_in(self.municipality, files, by=actor)

    def receive(self, files: dict[str, bytes], *, by: str = RAGNHILD) -> ImportBatch:
        """Hand files over, not yet read."""
        return receive(self.municipality, files, by=self.actor(by))

    def protect(self, given_name: str, *, by: str = RAGNHILD, named: tuple[str, ...] = ()) -> Any:
        """Mark somebody's address as protected."""
        mark: ProtectionMark = set_protection(
            participant=self.people(given_name),
            named=[self.users[name] for name in named],
            reason="Vedtak fra politiet",
            by=self.actor(by),
        )
        return mark


def user(username: str, full_name: str) -> User:
    """Make somebody who can sign in only through a test."""
    made = User(username=username, full_name=full_name)
    made.set_unusable_password()
    made.save()
    return made


def make_town() -> Town:
    """Make Lillevik and its staff, without participants, and Siri's municipality."""
    lillevik = make_municipality(name="Lillevik", by=None)
    storvik = make_municipality(name="Storvik", by=None)
    users = {}
    for username, (full_name, role) in ROLES.items():
        users[username] = user(username, full_name)
        employ(user=users[username], municipality=lillevik, role=role, first_day=FIRST_DAY, by=None)
    users[SIRI] = user(SIRI, "Siri Aas")
    employ(
        user=users[SIRI],
        municipality=storvik,
        role=Role.PROGRAMME_ADVISER,
        first_day=FIRST_DAY,
        by=None,
    )
    return Town(lillevik, storvik, users)


def populate(town: Town) -> Town:
    """Let Amina, Bohdan and Celine participate."""
    with scope(municipality=town.municipality):
        town.take_in({MONTH: little.refugee()})
    return town

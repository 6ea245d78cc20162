"""On the command line: which municipality, and with whose eyes."""

from innpass.casework.accounts.models import User
from innpass.casework.audit import services as audit
from innpass.casework.organisations.models import Municipality
from innpass.casework.organisations.queries import actor_for, operator
from innpass.casework.organisations.services import make_municipality
from innpass.domain.access.roles import Actor
from innpass.exchange.clock import today

DEFAULT_NAME = "Min kommune"


class Refused(Exception):
    """The command was asked for what is not there. The message is a Norwegian sentence."""


def choose_municipality(name: str, *, make: bool = False, store: bool = True) -> Municipality:
    """Return the municipality of a name, or the only one where no name is given.

    With ``make`` it is made if the database holds none; without ``store`` it is only made up.
    """
    every = list(Municipality.objects.order_by("name"))
    if not every and make:
        name = name or DEFAULT_NAME
        return make_municipality(name=name, by=None) if store else Municipality(name=name)
    if not every:
        raise Refused("Det er ingen kommune i databasen ennå. Importer filer først.")
    if not name:
        if len(every) == 1:
            return every[0]
        raise Refused("Det er flere kommuner i databasen. Velg en med --municipality NAVN.")
    for municipality in every:
        if municipality.name.casefold() == name.casefold():
            return municipality
    known = ", ".join(municipality.name for municipality in every)
    raise Refused(f"Kommunen «{name}» finnes ikke her. Disse finnes: {known}.")


def eyes(username: str, municipality: Municipality, *, action: str = "command_line") -> Actor:
    """Return the named user's eyes, or the operator's; every run is an audit event.

    In a municipality that is only made up there is nothing to see and nothing to tell of.
    """
    if username:
        user = User.objects.filter(username=username, is_active=True).first()
        found = actor_for(user, on=today()) if user else None
        if found is None or found[1].pk != municipality.pk:
            raise Refused(f"Brukeren «{username}» arbeider ikke i {municipality.name}.")
        actor = found[0]
    else:
        actor = operator(municipality)
    if municipality._state.adding:
        return actor
    audit.record(
        municipality_id=municipality.pk,
        actor_id=actor.user_id,
        action=action,
        subject_kind="municipality",
        subject_id=municipality.pk,
    )
    return actor

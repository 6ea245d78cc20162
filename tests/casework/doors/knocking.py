"""Several at one door at once: ``python -m …knocking BROWSERS`` on an empty database of its own.

Not a test itself: ``test_knocking_at_once`` starts it, and judges what it prints. The browsers are
forked from one process that has Django ready, and all wait for the same moment.
"""

import sys
from collections import Counter
from datetime import date
from multiprocessing import get_context
from time import sleep, time
from typing import Any

import django

TODAY = date(2026, 6, 30)
BROWSERS = int(sys.argv[1]) if len(sys.argv) > 1 else 0
_WAIT = 1.0  # seconds until all browsers have a connection


def at(moment: float) -> None:
    """Open a connection, and wait for a moment."""
    from innpass.casework.organisations.models import Municipality

    Municipality.objects.exists()
    sleep(max(0.0, moment - time()))


def use(moment: float, secret: str) -> str:
    """Use a link; say whether it opened."""
    from innpass.casework.doors import entering

    at(moment)
    return "opened" if entering.open_door(secret, on=TODAY) else "nothing"


def try_code(moment: float, pk: Any, key: str, code: str) -> str:
    """Show a code; say what it was found to be."""
    from innpass.casework.doors import entering

    at(moment)
    return str(entering.prove(pk, key, code, on=TODAY))


def speak(moment: float, pk: Any, key: str, text: str) -> str:
    """Send the employer's words; say whether they were kept."""
    from innpass.casework.doors import entering

    at(moment)
    return str(entering.speak(pk, key, {}, text=text, on=TODAY))


def together(act: Any, *each: Any) -> dict[str, int]:
    """Let all browsers do the same in the same moment; count what came of it."""
    from django.db import connections

    connections.close_all()  # each process opens its own
    moment = time() + _WAIT
    with get_context("fork").Pool(BROWSERS) as pool:
        return dict(Counter(pool.starmap(act, [(moment, *one) for one in each], chunksize=1)))


def main() -> None:
    """Make a placement with ways in, and let all knock."""
    from django.core.management import call_command
    from django_scopes import scope

    from innpass.casework.audit.models import AuditEvent
    from innpass.casework.doors import entering, services
    from innpass.casework.doors.codes import Holder
    from innpass.casework.doors.models import Door
    from innpass.casework.follow_up.models import Voice
    from innpass.casework.follow_up.services import book
    from innpass.casework.organisations.queries import operator
    from innpass.casework.organisations.services import add_user, make_municipality
    from innpass.domain.following.visits import VisitKind
    from tests.casework.doors.letting_in import agreed
    from tests.factories.people import ParticipantFactory

    call_command("migrate", verbosity=0)
    municipality = make_municipality(name="Lillevik", by=None)
    told: dict[str, Any] = {}
    with scope(municipality=municipality):
        person: Any = ParticipantFactory(municipality=municipality)
        user = add_user(username="per", full_name="Per Hauge", password="", by=None)
        case, by = agreed(person, by=user), operator(municipality)

        def open_one() -> Any:
            secret = services.make_door(case, holder=Holder.LEADER, by=by, on=TODAY)
            return entering.open_door(secret, on=TODAY)

        secret = services.make_door(case, holder=Holder.MENTOR, by=by, on=TODAY)
        told["link"] = together(use, *[(secret,)] * BROWSERS)
        told["doors"] = Door.objects.exclude(opened_at=None).count()
        told["noted"] = AuditEvent.objects.filter(action="open_employer_door").count()

        way = open_one()
        told["wrong"] = together(try_code, *[(way.pk, way.key, "none")] * BROWSERS)
        door = Door.objects.get(pk=way.pk)
        told["shut"] = (door.wrong_tries, str(door.closed_why))

        way = open_one()
        code = services.make_code(way.pk, case, by=by, on=TODAY)
        told["right"] = together(try_code, *[(way.pk, way.key, code)] * min(BROWSERS, 4))
        book(case, VisitKind.EVALUATION, TODAY, by=by, on=TODAY)
        told["said"] = together(
            speak, *[(way.pk, way.key, f"Går fint {n}") for n in range(BROWSERS)]
        )
        told["voices"] = Voice.objects.count()
    print(told)


if __name__ == "__main__":
    django.setup()
    main()

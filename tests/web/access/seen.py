"""What somebody sees of people and counts, to be compared with what they see later."""

import json
import re

from django.test import Client
from django.urls import reverse
from django_scopes import scope

from innpass.casework.exports.canonical import canonical
from innpass.casework.results.queries import as_json
from innpass.domain.access.policy import may_export
from tests.web.access.outputs import text_of
from tests.web.access.planned_weeks import WEEK
from tests.web.access.town import TODAY, Town, lasting

_SEATS = re.compile(r'\d+ av \d+|data-color="\w+">(\d+ ledige? plass\w*|Ingen ledige plasser)')


def views_of(town: Town, user: str) -> dict[str, str]:
    """What somebody sees of people and counts."""
    browser = Client()
    browser.force_login(town.users[user])
    found = {}
    for href in (
        reverse("overview:overview"),
        reverse("overview:overview") + "?vis=alle",
        reverse("questions:questions"),
        reverse("disagreements:disagreements"),
        reverse("crosswalk:crosswalk") + "?vis=alle",
        reverse("results:results"),
        reverse("employers:map"),
        reverse("employers:endings") + "?innen=90",
        reverse("employers:employer", args=[town.weeks["employer"]]),
        reverse("agreements:board") + "?hvem=alle",
        reverse("outreach:board"),
        reverse("outreach:dialogue"),
        reverse("outreach:employer", args=[town.outreach["employer"]]),
        reverse("intake:board"),
        reverse("intake:interpreters"),
        reverse("intake:questions"),
        *(reverse(f"intake:{name}", args=[town.intake["term"]]) for name in ("term", "groups")),
        reverse("results:people", args=["placed_municipal"]),
        reverse("timetable:caseload") + f"?uke={WEEK}",
        reverse("timetable:workplace", args=[town.weeks["employer"]]) + f"?uke={WEEK}",
    ):
        found[href] = lasting(browser.get(href).content.decode())
    # A seat is taken whoever sits in it (timetable.seats), and of people nothing else is told.
    group = reverse("timetable:group", args=[town.weeks["group"]]) + f"?uke={WEEK}"
    found[group] = _SEATS.sub("#", lasting(browser.get(group).content.decode()))
    export = browser.get(reverse("overview:export") + "?vis=alle")
    if export.status_code == 200:
        found["XLSX"] = text_of(export.content)
    actor = town.actor(user)
    if may_export(actor):
        with scope(municipality=town.municipality):
            results = as_json(actor=actor, on=TODAY)
            found["JSON"] = json.dumps(canonical(actor=actor, results=results), default=str)
    return found

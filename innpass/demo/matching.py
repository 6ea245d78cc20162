"""Work profiles of the demo's participants, invented, and what came of matching them so far.

They are given out by name, so that they stay the same; nothing about a person decides which.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from innpass.casework.employers.queries import PracticePlace, find_place
from innpass.casework.matching.choosing import NotChosen, choose
from innpass.casework.matching.locks import lock
from innpass.casework.matching.looking import places_for
from innpass.casework.matching.models import WorkProfile
from innpass.casework.matching.people import NOT_MET, looking
from innpass.casework.matching.presenting import NameShown, send, suggest, write
from innpass.casework.matching.weeks import usual_start
from innpass.casework.organisations.models import Municipality
from innpass.casework.participants.models import Participant
from innpass.casework.placements.models import Employer
from innpass.domain.access.roles import Actor
from innpass.domain.placing.demands import Demand

_WITHOUT = 7  # every so manieth has no profile yet
_WITH_CV = 3
_WITHDRAWN = 5  # of those with a CV, every so manieth took the consent back


@dataclass(frozen=True, slots=True)
class _Story:
    """What somebody has done, aims at, wishes for and says no to: STYRK-08 codes, and names."""

    goal: str
    experience: tuple[str, ...]
    wished: tuple[str, ...] = ()
    area: str = ""
    no: tuple[str, ...] = ()
    has: tuple[Demand, ...] = ()
    lacks: tuple[Demand, ...] = ()
    cv: str = ""


_POLICE, _TB, _CAR = Demand.POLICE_CERTIFICATE, Demand.TUBERCULOSIS_TEST, Demand.LICENCE_B
_KITCHEN_AND_CLEANING = ("9412", "9112")
_STORIES = (
    _Story("5311", ("2341",), ("5312",), "Oppvekst", has=(_POLICE,), lacks=(_CAR,),
        cv="Grunnskolelærer i ni år. Har hatt ansvar for første til fjerde trinn."),
    _Story("5120", ("5120", "7512"), ("9412",), no=("9112",), has=(Demand.HYGIENE_COURSE,),
        cv="Kokk på restaurant i sju år og baker i to."),
    _Story("5321", ("5329",), (), "Helse og velferd", no=("5311",), has=(_POLICE, _TB),
        cv="Har stelt eldre i hjemmet og på sykehjem i fire år."),
    _Story("4321", ("9333",), ("8344",), no=(*_KITCHEN_AND_CLEANING, "7512", "6113"), lacks=(_CAR,),
        cv="Lager og havn i elleve år."),
    _Story("6113", ("9112",), ("9112",), "Byutvikling og teknisk", no=("5329", "5322"),
        cv="Renhold på hotell i tre år. Vil helst arbeide ute."),
    _Story("5223", ("5223",), ("5246",), no=("9112", "9412"),
        cv="Egen butikk med klær i seks år."),
    _Story("7115", ("7115", "9313"), (), "Byutvikling og teknisk", has=(Demand.HMS_CARD, _CAR),
        cv="Tømrer i femten år. Har bygd hus i tre og mur."),
    _Story("3512", ("2512",), ("4110",), "Organisasjon", has=(_POLICE,),
        cv="Utdannet i informatikk. Har arbeidet med nettsider og support."),
    _Story("8332", ("8322",), ("4412",), no=("5311",), has=(_CAR,),
        cv="Sjåfør av varebil og lastebil."),
    _Story("6113", ("6111",), ("9214",), has=(Demand.VACCINATION,), no=("9412",),
        cv="Gård med grønnsaker og frukt."),
    _Story("5141", ("5141",), ("5142",), no=(*_KITCHEN_AND_CLEANING, "9122", "6113"),
        cv="Frisør med egen salong i fem år."),
    _Story("7512", ("9412",), ("5120",), has=(Demand.HYGIENE_COURSE,), lacks=(_TB,),
        cv="Bakeri i familien."),
)  # fmt: skip
_EDUCATION = ("Grunnskole, ti år", "Videregående skole", "Fagskole, to år", "Universitet, fire år")
_LANGUAGES = ("Norsk og engelsk", "Norsk, engelsk og ett til")
_AGAINST = (
    "Deltakeren kjenner to som arbeider der, og tror det er lettere å snakke norsk med dem. "
    "Lederen vil gjerne ha noen nå."
)


def write_profiles(municipality: Municipality, *, on: date) -> None:
    """Write what is known of those who are in the programme on a day."""
    people = Participant.objects.filter(
        absorbed_by=None, enrolment__actual_last_day=None, enrolment__first_day__isnull=False
    ).order_by("name", "pk")
    employers = list(Employer.objects.order_by("name", "pk"))
    WorkProfile.objects.bulk_create(
        _profile(municipality, person, at, employers, on)
        for at, person in enumerate(people)
        if at % _WITHOUT != _WITHOUT - 1
    )


def _profile(
    municipality: Municipality,
    person: Participant,
    at: int,
    employers: Sequence[Employer],
    on: date,
) -> WorkProfile:
    story = _STORIES[at % len(_STORIES)]
    has_cv = at % _WITH_CV == 0
    given = on - timedelta(days=20 + at % 40)
    seen = {each.value: (on - timedelta(days=15 + at % 60)).isoformat() for each in story.has}
    wished = [str(employers[at % len(employers)].pk)] if at % 4 == 1 else []
    return WorkProfile(
        municipality=municipality,
        participant=person,
        goal=story.goal,
        experience=list(story.experience),
        wished_occupations=list(story.wished),
        wished_areas=[story.area] if story.area else [],
        wished_employers=wished,
        refused_occupations=list(story.no),
        demands=seen | {each.value: NOT_MET for each in story.lacks},
        cv={
            "about": "Jeg liker å arbeide sammen med andre, og møter alltid til avtalt tid.",
            "experience": story.cv,
            "education": _EDUCATION[at % len(_EDUCATION)],
            "languages": _LANGUAGES[at % len(_LANGUAGES)],
        }
        if has_cv
        else {},
        consented_on=given if has_cv else None,
        withdrawn_on=given + timedelta(days=10)
        if has_cv and at // _WITH_CV % _WITHDRAWN == _WITHDRAWN - 1
        else None,
    )


def choose_some(*, on: date, by: Actor) -> None:
    """Let a supervisor have gone against the advice once, and locked a pair."""
    monday = usual_start(on)
    waiting = looking(by, on=monday)[-2:]
    people = Participant.objects.in_bulk(waiting)
    for person, place in (
        (people[pk], _place_for(people[pk], monday=monday, by=by)) for pk in waiting
    ):
        if place is None:
            continue
        if person.pk == waiting[-1]:
            lock(participant=person, place=place, monday=monday, by=by)
            continue
        with suppress(NotChosen):
            case = choose(
                participant=person, place=place, monday=monday, on=on, reason=_AGAINST, by=by
            )
            text = suggest(case, shows=NameShown.FIRST, on=on, by_name=by.name)
            made = write(case, text, shows=NameShown.FIRST, expected=0, by=by)
            send(made, recipient="Virksomhetsleder", on=on, today=on, with_cv=False, by=by)


def _place_for(person: Participant, *, monday: date, by: Actor) -> PracticePlace | None:
    """Return the second place on somebody's list, where there is one."""
    advice = places_for(person, monday=monday, actor=by)
    keys = [each.offer for each in advice.found.fit]
    return find_place(UUID(keys[1])) if len(keys) > 1 else None

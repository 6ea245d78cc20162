"""The learning centre's groups, workplaces and weeks of the demo, invented around its participants.

Groups meet until the summer and again from August; the autumn's weeks are the planner's, taken for
most and left open for some, so that there is something to do.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import cycle
from typing import Any
from uuid import UUID

from innpass.casework.organisations.models import Municipality
from innpass.casework.participants.models import Participant
from innpass.casework.placements.models import Employer
from innpass.casework.programme.models import Element
from innpass.casework.timetable import proposing, services
from innpass.casework.timetable.models import (
    Appointment,
    Availability,
    GroupSession,
    Locality,
    Opening,
    PlanningRules,
    ProposedWeek,
    Room,
    SchoolBreak,
    TeachingGroup,
    TimetableProposal,
    Way,
    Workplace,
)
from innpass.domain.access.roles import Actor
from innpass.domain.periods import IsoWeek

SPRING = date(2026, 1, 5), date(2026, 7, 3)
AUTUMN = date(2026, 8, 10), None
SPRING_WEEKS = tuple(IsoWeek(2026, number) for number in (25, 26, 27))
FIRST_WEEK = IsoWeek(2026, 34)
LEFT_OPEN = 5  # every so manieth participant's autumn is not planned yet

_PLACES = ("Voksenopplæringen", "Sentrum", "Åsen", "Nordbyen", "Industriområdet")
_WAYS = (
    ("Voksenopplæringen", "Sentrum", 10),
    ("Voksenopplæringen", "Åsen", 20),
    ("Voksenopplæringen", "Nordbyen", 25),
    ("Voksenopplæringen", "Industriområdet", 30),
    ("Sentrum", "Åsen", 15),
    ("Sentrum", "Nordbyen", 20),
    ("Sentrum", "Industriområdet", 25),
    ("Åsen", "Nordbyen", 30),
    ("Åsen", "Industriområdet", 35),
    ("Nordbyen", "Industriområdet", 15),
)
_ROOMS = (("Rom 101", 20), ("Rom 102", 20), ("Rom 203", 16), ("Datarommet", 14))
_BREAKS = (
    ("Vinterferie", date(2026, 2, 23), date(2026, 3, 1)),
    ("Påskeferie", date(2026, 3, 28), date(2026, 4, 6)),
    ("Sommerferie", date(2026, 7, 4), date(2026, 8, 9)),
    ("Høstferie", date(2026, 10, 5), date(2026, 10, 11)),
    ("Juleferie", date(2026, 12, 19), date(2027, 1, 3)),
)
_MON, _TUE, _WED, _THU, _FRI, _SAT = range(6)
_WEEKDAYS = range(_FRI + 1)


def _at(text: str) -> int:
    hours, minutes = text.split(".")
    return 60 * int(hours) + int(minutes)


@dataclass(frozen=True, slots=True)
class _Group:
    name: str
    activity: str
    level: str
    room: str
    capacity: int
    teacher: str
    sessions: tuple[tuple[int, str, str, int], ...]
    lesson: tuple[int, int] = (45, 75)
    class_name: str = ""
    trade: str = ""


_CLOCK_HOURS = (60, 60)
_GROUPS = (
    _Group("Norsk A1", "norwegian", "A1", "Rom 101", 18, "Liv Solheim", (
        (_MON, "08.30", "13.30", 6), (_TUE, "08.30", "13.30", 6), (_WED, "08.30", "12.00", 4))),
    _Group("Norsk A2 mandag–onsdag", "norwegian", "A2", "Rom 102", 18, "Hans Bakke", (
        (_MON, "08.30", "13.30", 6), (_TUE, "08.30", "13.30", 6), (_WED, "08.30", "12.00", 4))),
    _Group("Norsk A2 onsdag–fredag", "norwegian", "A2", "Rom 203", 16, "Marit Sæther", (
        (_WED, "08.30", "12.00", 4), (_THU, "08.30", "13.30", 6), (_FRI, "08.30", "13.30", 6))),
    _Group("Norsk B1 mandag", "norwegian", "B1", "Rom 203", 16, "Marit Sæther", (
        (_MON, "08.30", "13.30", 6),)),
    _Group("Norsk B1 torsdag", "norwegian", "B1", "Rom 101", 18, "Liv Solheim", (
        (_THU, "08.30", "13.30", 6),)),
    _Group("Kveldskurs B2", "norwegian", "B2", "Rom 102", 18, "Hans Bakke", (
        (_TUE, "17.00", "19.30", 3), (_THU, "17.00", "19.30", 3)),
        class_name="B2410"),
    _Group("Yrkesnorsk helse og barnehage", "vocational_norwegian", "", "Rom 102", 12,
        "Hans Bakke", ((_WED, "12.30", "14.00", 2),), trade="helse, omsorg og barnehage"),
    _Group("Yrkesnorsk bygg og renhold", "vocational_norwegian", "", "Datarommet", 12,
        "Marit Sæther", ((_THU, "14.00", "15.30", 2),), trade="bygg, teknisk og renhold"),
    _Group("Arbeidslivskurs tirsdag–onsdag", "work_life_course", "", "Datarommet", 14,
        "Ingrid Tveit", ((_TUE, "08.30", "14.00", 5), (_WED, "08.30", "14.00", 5)), _CLOCK_HOURS,
        class_name="A2501"),
    _Group("Arbeidslivskurs torsdag–fredag", "work_life_course", "", "Datarommet", 14,
        "Ingrid Tveit", ((_THU, "08.30", "13.30", 5), (_FRI, "08.30", "13.30", 5)), _CLOCK_HOURS),
)  # fmt: skip

# Where participants have practice in the autumn: place, hours and seats of a day. Of the last two
# nobody has asked when they are open.
_ALL_WEEK = tuple(_WEEKDAYS)
_WORKPLACES: tuple[tuple[str, str, tuple[int, ...], str, str, int], ...] = (
    ("Furulund barnehage", "Åsen", _ALL_WEEK, "07.00", "16.30", 2),
    ("Solbakken bo- og aktivitetssenter", "Nordbyen", _ALL_WEEK, "07.30", "15.30", 2),
    ("Kantina i rådhuset", "Sentrum", _ALL_WEEK, "07.30", "15.00", 1),
    ("Hjemmetjenesten Åsveien", "Åsen", _ALL_WEEK, "07.30", "15.30", 1),
    ("Kystlager AS", "Industriområdet", _ALL_WEEK, "07.00", "15.00", 2),
    ("Havnekafeen AS", "Sentrum", (_TUE, _WED, _THU, _FRI, _SAT), "10.00", "18.00", 1),
    ("Nordvind Bakeri AS", "Nordbyen", _ALL_WEEK, "06.00", "14.00", 1),
    ("Vestre Bilpleie AS", "Industriområdet", _ALL_WEEK, "08.00", "16.00", 1),
    ("Lyngmyra barnehage", "Sentrum", _ALL_WEEK, "07.15", "16.15", 2),
    ("Rene Rom AS", "Industriområdet", _ALL_WEEK, "06.30", "14.30", 2),
)
UNSTATED = ("Møbelhjørnet AS", "Park og grøntanlegg")
PRACTICE_AT = (*(name for name, *_ in _WORKPLACES), *UNSTATED)
# Name, day, from and to of what is nobody else's business.
_OWN = (
    ("Fysioterapi", _WED, "14.30", "15.30"),
    ("Time på helsestasjonen", _FRI, "14.00", "15.00"),
    ("Kjøretime", _THU, "16.00", "17.30"),
    ("Samtale hos psykolog", _MON, "14.00", "15.00"),
)
# The days of a Nav measure of 15 hours: so that one of the groups can be had beside it.
_NAV_DAYS = ((_MON, _TUE), (_THU, _FRI))


def make_timetables(*, municipality: Municipality, on: date, by: Actor) -> None:
    """Make what weeks are planned of, and the weeks of some before the summer and most after it.

    Args:
        on: who is in the programme then has ties and appointments.
        by: asks the planner and takes its weeks.
    """
    places = _make_places(municipality)
    _make_groups(municipality, places)
    _make_workplaces(municipality, places)
    going_on = _going_on(on)
    _make_ties(municipality, places, going_on)
    _take_spring(municipality, by)
    _take_autumn(municipality, by)


def _make_places(municipality: Municipality) -> dict[str, Locality]:
    places = {name: Locality.objects.create(municipality=municipality, name=name)
              for name in _PLACES}  # fmt: skip
    for one, other, minutes in _WAYS:
        Way.objects.create(
            municipality=municipality, one=places[one], other=places[other], minutes=minutes
        )
    PlanningRules.objects.create(municipality=municipality)
    for name, first, last in _BREAKS:
        SchoolBreak.objects.create(
            municipality=municipality, name=name, first_day=first, last_day=last
        )
    return places


def _make_groups(municipality: Municipality, places: dict[str, Locality]) -> None:
    centre = places["Voksenopplæringen"]
    rooms = {
        name: Room.objects.create(
            municipality=municipality, name=name, capacity=capacity, locality=centre
        )
        for name, capacity in _ROOMS
    }
    sessions = []
    for first, last in (SPRING, AUTUMN):
        for each in _GROUPS:
            group = TeachingGroup.objects.create(
                municipality=municipality,
                name=each.name,
                activity=each.activity,
                level=each.level,
                class_name=each.class_name,
                trade=each.trade,
                locality=centre,
                capacity=each.capacity,
                lesson_minutes=each.lesson[0],
                counted_minutes=each.lesson[1],
                teacher=each.teacher,
                first_day=first,
                last_day=last,
            )
            sessions += [
                GroupSession(
                    municipality=municipality,
                    group=group,
                    day=day,
                    start=_at(start),
                    end=_at(end),
                    lessons=lessons,
                    room=rooms[each.room],
                )
                for day, start, end, lessons in each.sessions
            ]
    GroupSession.objects.bulk_create(sessions)


def _make_workplaces(municipality: Municipality, places: dict[str, Locality]) -> None:
    employers = {each.name: each for each in Employer.objects.filter(name__in=PRACTICE_AT)}
    openings = []
    for name, place, days, start, end, seats in _WORKPLACES:
        if name in employers:
            workplace = Workplace.objects.create(
                municipality=municipality, employer=employers[name], locality=places[place]
            )
            openings += [
                Opening(
                    municipality=municipality,
                    workplace=workplace,
                    day=day,
                    start=_at(start),
                    end=_at(end),
                    seats=seats,
                )
                for day in days
            ]
    Opening.objects.bulk_create(openings)


def _going_on(on: date) -> list[Participant]:
    """Return those in the programme, in a fixed order."""
    rows = Participant.objects.filter(
        absorbed_by=None, enrolment__first_day__lte=on, enrolment__actual_last_day=None
    ).order_by("name", "birth_date", "pk")
    return list(rows)


def _make_ties(
    municipality: Municipality, places: dict[str, Locality], people: Iterable[Participant]
) -> None:
    """Say where most live and when the children are looked after, and what takes their time."""
    homes = cycle(("Sentrum", "Åsen", "Nordbyen"))
    rows = []
    appointments: list[Appointment] = []
    known = _elements(people)
    for at, person in enumerate(people):
        has_care = at % 3 == 1
        home = places[next(homes)]
        if at % 4 != 3:
            rows.append(
                Availability(
                    municipality=municipality,
                    participant=person,
                    home=home,
                    care=home if has_care else None,
                    care_start=_at("07.30") if has_care else None,
                    care_end=_at("16.00") if has_care else None,
                    care_days=list(_WEEKDAYS) if has_care else [],
                )
            )
        appointments += [
            Appointment(
                municipality=municipality, participant=person, locality=places["Sentrum"], **each
            )
            for each in (*_programme(at, known.get(person.pk, ())), *_own(at))
        ]
    Availability.objects.bulk_create(rows)
    Appointment.objects.bulk_create(appointments)


def _elements(people: Iterable[Participant]) -> dict[UUID, list[Element]]:
    found: dict[UUID, list[Element]] = {}
    rows = Element.objects.filter(
        participant__in=people, kind__in=("nav_measure", "part_time_work")
    )
    for each in rows.order_by("first_day", "kind"):
        found.setdefault(each.participant_id, []).append(each)
    return found


def _programme(at: int, elements: Iterable[Element]) -> Iterator[dict[str, Any]]:
    """Give the sheets' Nav measures of 15 hours and part-time work of a day fixed times."""
    for each in elements:
        if each.first_day is None or (each.last_day and each.last_day < FIRST_WEEK.monday):
            continue
        period = {"first_day": each.first_day, "last_day": each.last_day, "activity": each.kind}
        if each.kind == "nav_measure" and each.hours_per_week == 15:
            for day in _NAV_DAYS[at % len(_NAV_DAYS)]:
                yield {
                    "name": "Oppfølgingstiltak hos Nav",
                    "day": day,
                    "start": _at("08.00"),
                    "end": _at("15.30"),
                    **period,
                }
        elif each.kind == "part_time_work" and each.hours_per_week:
            yield {
                "name": "Deltidsjobb",
                "day": _FRI,
                "start": _at("08.00"),
                "end": _at("15.30"),
                **period,
            }


def _own(at: int) -> Iterator[dict[str, Any]]:
    if at % 7 == 2:
        name, day, start, end = _OWN[at // 7 % len(_OWN)]
        yield {
            "name": name,
            "day": day,
            "start": _at(start),
            "end": _at(end),
            "first_day": AUTUMN[0],
        }


def _take_spring(municipality: Municipality, by: Actor) -> None:
    """Put the last weeks before the summer in force where they hold what the sheets tell of.

    So the law says the same of everybody's spring as it does by the sheets alone.
    """
    for week in SPRING_WEEKS:
        weeks = _proposed(municipality, week, by)
        told = _told_beside_norwegian(week)
        planned = set(
            Appointment.objects.exclude(activity="").values_list("participant", "activity")
        )
        services.take(
            [
                each
                for each in weeks
                if all((each.participant_id, kind) in planned for kind in told[each.participant_id])
            ],
            only_this_week=True,
            by=by,
        )


def _told_beside_norwegian(week: IsoWeek) -> dict[UUID, set[str]]:
    found: dict[UUID, set[str]] = defaultdict(set)
    rows = Element.objects.filter(first_day__lte=week.sunday).exclude(last_day__lt=week.monday)
    for pk, kind in rows.exclude(kind="norwegian").values_list("participant", "kind"):
        found[pk].add(kind)
    return found


def _take_autumn(municipality: Municipality, by: Actor) -> None:
    weeks = _proposed(municipality, FIRST_WEEK, by)
    services.take([each for at, each in enumerate(weeks) if at % LEFT_OPEN], by=by)


def _proposed(municipality: Municipality, week: IsoWeek, by: Actor) -> list[ProposedWeek]:
    proposal = TimetableProposal.objects.create(
        municipality=municipality, first_monday=week.monday, asked_by_id=by.user_id
    )
    proposing.answer(proposal, by=by, progress=_Unseen())
    return [each for each in proposing.weeks_of(proposal, actor=by) if each.blocks]


class _Unseen:
    """Nobody watches the demo being made."""

    def __call__(self, done: int, total: int, message: str = "") -> None:
        """Pass over it."""

    def finish(self, message: str = "") -> None:
        """Pass over it."""

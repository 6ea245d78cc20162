"""Matching reads what may count of a person, and nothing else."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from innpass.casework.matching.looking import everybody, people_for, places_for
from innpass.casework.matching.people import looking, seekers
from innpass.casework.participants.models import Participant
from innpass.casework.programme.models import Enrolment
from innpass.casework.timetable.models import Appointment, Availability
from innpass.domain.matching.shortlist import Shortlist
from tests.casework.matching.conftest import MONDAY, TODAY, Office
from tests.factories.weeks import locality

# By table: what may be asked of a person. Who is seen, who is whose second, and whether somebody
# is in the programme and at no employer decide who is asked about, not what is said of them.
MAY_COUNT = {
    "participants_participant": {"id", "municipality_id", "turned_out_to_be_id"},
    "programme_enrolment": {
        *("participant_id", "municipality_id", "supervisor"),
        *("first_day", "planned_last_day", "actual_last_day"),
    },
    "training_schooling": {"participant_id", "municipality_id", "listening", "speaking"},
    "matching_workprofile": {
        *("id", "participant_id", "municipality_id", "goal", "experience"),
        *("wished_occupations", "wished_areas", "wished_employers"),
        *("refused_employers", "refused_places", "refused_localities", "refused_occupations"),
        *("demands", "hours_wanted"),
    },
    "agreements_demandseen": {"case_id", "municipality_id", "demand"},
    "agreements_placementcase": {
        *("id", "participant_id", "municipality_id", "withdrawn_at", "row"),
    },
    "agreements_caseending": {"id", "case_id"},
    "timetable_timetable": {
        *("id", "participant_id", "municipality_id", "first_monday", "last_sunday"),
        *("withdrawn_from", "made_at"),
    },
    "timetable_block": {
        *("timetable_id", "municipality_id", "day", "start", "end", "part", "group_id"),
        "counted_minutes",
    },
    "timetable_appointment": {
        *("participant_id", "municipality_id", "day", "start", "end", "first_day", "last_day"),
    },
    "timetable_availability": {
        *("id", "participant_id", "municipality_id", "home_id", "stay_days"),
        *("care_start", "care_end", "care_days"),
    },
    "timetable_teachinggroup": {"id", "municipality_id", "last_day"},
    "placements_placement": {"participant_id", "municipality_id", "last_day"},
    # Of the people with a protected address: who may see them.
    "participants_namedstaff": {"mark_id", "user_id", "municipality_id"},
    "participants_protectionmark": {"id", "participant_id", "lifted_at", "municipality_id"},
    # What the law calls a full week here is of nobody.
    "programme_readingchoice": {
        *("id", "municipality_id", "version", "name", "value", "reason", "chosen_at"),
        *("chosen_by_id", "changed"),
    },
}
WHO_IS_ASKED_ABOUT = {
    "participants_participant": {"is_protected", "absorbed_by_id"},
    "placements_placement": {"first_day", "contract", "has_contract"},
    "follow_up_employmentcontract": {
        *("id", "participant_id", "municipality_id", "first_day", "last_day", "taken_back_on"),
    },
    "follow_up_contractcheck": {"contract_id", "municipality_id", "is_there"},
    "programme_leave": {"participant_id", "municipality_id", "first_day", "last_day"},
}
_COLUMN = re.compile(r'"(\w+)"\."(\w+)"')
_ALIAS = re.compile(r'"(\w+)" (?:AS )?"?([UVTW]\d+)"?\b')


def columns(queries: Iterable[Any]) -> set[tuple[frozenset[str], str]]:
    """Name the columns that some queries name, each with its table.

    A subquery's alias may stand for several tables in one query; then it is of one of them.
    """
    found = set()
    for query in queries:
        sql = re.sub(r"(?<![\w\"])([UVTW]\d+)\.", r'"\1".', query["sql"])
        aliases: dict[str, set[str]] = {}
        for table, alias in _ALIAS.findall(sql):
            aliases.setdefault(alias, set()).add(table)
        found |= {
            (frozenset(aliases.get(table, {table})), column)
            for table, column in _COLUMN.findall(sql)
        }
    return found


def test_the_queries_read_what_may_count_alone(office: Office) -> None:
    amina = office.seeker("Amina Haddad", goal="5311")
    office.place()
    tables = {model._meta.db_table for model in apps.get_models()}

    with CaptureQueriesContext(connection) as asked:
        seekers(looking(office.supervisor, on=MONDAY), monday=MONDAY)
        seekers([amina.pk], monday=MONDAY)

    read = {each for each in columns(asked) if each[0] & tables}
    allowed = {
        (table, column)
        for names in (MAY_COUNT, WHO_IS_ASKED_ABOUT)
        for table, of_table in names.items()
        for column in of_table
    }
    assert [
        (sorted(of), column)
        for of, column in read
        if not {(table, column) for table in of} & allowed
    ] == []
    assert (frozenset({"training_schooling"}), "speaking") in read, "the columns are found"


def test_a_trait_that_must_not_count_changes_nothing(office: Office) -> None:
    amina = office.seeker("Amina Haddad", goal="5311", experience=["5120"])
    office.seeker("Bohdan Kovalenko", level="B1")
    first = office.place(occupation="5311")
    office.place("Kantina", occupation="5120", language_at_start="B1")
    before = _said(office, amina, first)

    Participant.objects.update(
        name="Aage Aas",
        given_name="Aage",
        family_name="Aas",
        native_name="آمنة",
        birth_date=date(1961, 1, 1),
        country="Land",
    )
    Enrolment.objects.update(
        protection="collective", upper_secondary=False, has_children=True, extent_percent=50
    )

    assert _said(office, amina, first) == before


def test_somebody_protected_is_on_no_list_of_others_and_counts_nowhere(office: Office) -> None:
    amina = office.seeker("Amina Haddad")
    celine = office.seeker("Celine Mukendi")
    place = office.place()
    office.town.protect("Celine")

    listed = people_for(place, monday=MONDAY, actor=office.supervisor)
    problem, _market = everybody(office.supervisor, monday=MONDAY)

    assert {each.seeker for each in listed.found.fit} == {str(amina.pk)}
    assert str(celine.pk) not in problem.seeker
    assert looking(office.supervisor, on=MONDAY) == [amina.pk]


def _said(office: Office, person: Participant, place: Any) -> tuple[Shortlist, Shortlist]:
    mine = places_for(person, monday=MONDAY, actor=office.supervisor)
    theirs = people_for(place, monday=MONDAY, actor=office.supervisor)
    return mine.found, theirs.found


def test_an_own_appointment_takes_time_and_tells_nothing_else(office: Office) -> None:
    amina = office.seeker("Amina Haddad")
    Availability.objects.create(
        municipality=amina.municipality,
        participant=amina,
        home=locality(amina.municipality),
        stay_days=[0],
    )
    Appointment.objects.create(
        municipality=amina.municipality,
        participant=amina,
        name="Time hos legen",
        day=0,
        start=600,
        end=660,
        first_day=TODAY,
    )

    free = seekers([amina.pk], monday=MONDAY)[amina.pk].free

    assert [tuple(each) for each in free or ()] == [(0, 360, 600), (0, 660, 1200)]

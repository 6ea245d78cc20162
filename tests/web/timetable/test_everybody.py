"""The list of everybody's weeks, and the weeks of groups and workplaces."""

from datetime import date

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from innpass.casework.participants.models import Participant
from innpass.casework.participants.services import set_protection
from innpass.casework.timetable.models import Opening, SchoolBreak
from tests.factories.cast import KARI, LIV, RAGNHILD
from tests.factories.people import become_second
from tests.factories.weeks import WEEK
from tests.web.timetable.conftest import THEN, Centre

CASELOAD = "/timeplan/"


def page(centre: Centre, query: str = "", *, user: str = RAGNHILD, href: str = CASELOAD) -> str:
    answer = centre.town.browser(user).get(href + THEN + query)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def names(said: str) -> list[str]:
    return [name for name in ("Samira", "Yusuf", "Zahra") if f">{name}</a>" in said]


def test_weeks_are_listed_by_how_they_stand(centre: Centre) -> None:
    centre.keep()
    centre.participant("Yusuf")
    centre.keep(centre.participant("Samira"), stays=())

    assert names(page(centre)) == ["Samira", "Yusuf", "Zahra"]
    assert names(page(centre, "&liste=uten")) == ["Yusuf"]
    assert names(page(centre, "&liste=mangler")) == ["Samira", "Zahra"]
    assert names(page(centre, "&liste=full")) == []
    assert names(page(centre, f"&gruppe={centre.norwegian.pk}")) == ["Samira", "Zahra"]


def test_a_search_stands_in_no_address(centre: Centre) -> None:
    centre.participant("Yusuf")
    browser = centre.town.browser(RAGNHILD)

    answer = browser.post(reverse("timetable:search"), {"search": "yusuf", "next": CASELOAD})

    assert answer["Location"] == CASELOAD
    assert names(page(centre)) == ["Yusuf"]
    browser.post(reverse("timetable:search"), {"search": "", "next": "https://evil.example/"})
    assert names(page(centre)) == ["Yusuf", "Zahra"]


def test_the_number_of_questions_does_not_grow_with_the_list(centre: Centre) -> None:
    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            page(centre)
        return len(queries)

    centre.keep()
    page(centre)
    one = asked()
    for name in ("Yusuf", "Samira"):
        centre.keep(centre.participant(name), stays=())

    assert asked() == one


def hide(centre: Centre, person: Participant) -> None:
    set_protection(
        participant=person,
        named=[centre.town.users[KARI]],
        reason="Vedtak",
        by=centre.town.actor(KARI),
    )


def test_a_groups_week_names_those_whom_one_may_see_and_counts_every_seat(centre: Centre) -> None:
    centre.keep(stays=())
    yusuf = centre.participant("Yusuf")
    centre.keep(yusuf, stays=())
    hide(centre, yusuf)
    href = reverse("timetable:group", args=[centre.norwegian.pk])

    seen = {user: page(centre, user=user, href=href) for user in (LIV, KARI)}

    assert names(seen[LIV]) == ["Zahra"]
    assert "2 av 18 plasser er opptatt" in seen[LIV]
    assert names(seen[KARI]) == ["Yusuf", "Zahra"]
    assert "2 av 18 plasser er opptatt" in seen[KARI]


def test_sessions_in_a_break_are_struck_with_why(centre: Centre) -> None:
    SchoolBreak.objects.create(
        municipality=centre.town.municipality,
        name="Planleggingsdag",
        first_day=WEEK.monday,
        last_day=WEEK.monday,
    )

    said = page(centre, href=reverse("timetable:group", args=[centre.norwegian.pk]))

    assert "Planleggingsdag mandag 8. jun. 2026: gruppene møtes ikke." in said
    assert said.count("Faller bort") == 1


def test_a_workplaces_week_says_who_is_there_when(centre: Centre) -> None:
    centre.keep()

    said = page(centre, href=reverse("timetable:workplace", args=[centre.employer.pk]))

    assert names(said) == ["Zahra"]
    assert said.count("08.00–15.30") == 2
    assert "1 av 2" in said
    assert "tar ikke imot" in said


def test_a_workplace_of_somebody_hidden_alone_is_nowhere(centre: Centre) -> None:
    centre.keep()
    hide(centre, centre.zahra)
    pk = centre.employer.pk
    addresses = (
        reverse("timetable:workplace", args=[pk]),
        reverse("calendars:calendar", args=["arbeidssted", pk]),
        reverse("calendars:file", args=["arbeidssted", pk]),
    )

    for user, status in ((LIV, 404), (RAGNHILD, 404), (KARI, 200)):
        browser = centre.town.browser(user)
        assert [browser.get(each).status_code for each in addresses] == [status] * 3, user


def test_a_workplace_stays_with_who_was_planned_there_as_somebodys_second(centre: Centre) -> None:
    centre.keep()
    Opening.objects.all().delete()
    first = centre.participant("Samira")
    become_second(centre.zahra, first)

    said = page(centre, href=reverse("timetable:workplace", args=[centre.employer.pk]))

    assert names(said) == ["Samira"]


def test_a_group_that_does_not_meet_says_so(centre: Centre) -> None:
    centre.norwegian.last_day = date(2026, 5, 1)
    centre.norwegian.save()

    said = page(centre, href=reverse("timetable:group", args=[centre.norwegian.pk]))

    assert "Gruppa møtes ikke denne uka." in said

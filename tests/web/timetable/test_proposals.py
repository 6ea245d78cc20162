"""What the planner proposes: for one, for everybody, taken and not taken."""

import re
from datetime import date
from typing import Any

import pytest
from django.urls import reverse
from django_scopes import scopes_disabled

from innpass.casework.audit.models import AuditEvent
from innpass.casework.jobs.running import run_one
from innpass.casework.placements.models import Placement
from innpass.casework.timetable.models import (
    Appointment,
    GroupSession,
    ProposedWeek,
    TeachingGroup,
    Timetable,
    TimetableProposal,
)
from innpass.casework.training.models import Schooling
from innpass.domain.planning import choosing
from innpass.web.timetable.proposing import gap_words
from tests.factories.cast import LIV, PER, RAGNHILD
from tests.factories.people import settle
from tests.factories.weeks import group
from tests.web.timetable.conftest import STAYS, THEN, Centre


def proposed(centre: Centre) -> ProposedWeek:
    answer = centre.town.browser(RAGNHILD).post(centre.href("propose"))
    made: ProposedWeek = ProposedWeek.objects.latest("pk")
    assert answer["Location"] == reverse("timetable:proposed_week", args=[made.pk])
    return made


def test_a_proposal_stands_beside_the_week_of_today_with_why(centre: Centre) -> None:
    centre.keep(stays=STAYS[:1])
    browser = centre.town.browser(RAGNHILD)
    week = proposed(centre)
    href = reverse("timetable:proposed_week", args=[week.pk])

    page = " ".join(browser.get(href).content.decode().split())
    assert "Uka i dag" in page
    assert "Solbakken barnehage kommer til fredag 08.00–15.30." in page
    assert "Det som mangler på full tid, går ned fra 10 t til 2,5 t." in page
    assert "<b>27,5 t</b> av 37,5 t" in page
    assert "<b>35 t</b> av 37,5 t" in page

    browser.post(reverse("timetable:take_week", args=[week.pk]), {"scope": "only"})
    made = Timetable.objects.latest("made_at")
    assert made.is_proposed
    assert made.last_sunday is not None
    assert "Forslaget er satt i kraft." in browser.get(href).content.decode()


def test_a_proposal_says_which_group_ends_before_it_is_taken_and_after(centre: Centre) -> None:
    TeachingGroup.objects.update(last_day=date(2026, 6, 19))
    browser = centre.town.browser(RAGNHILD)
    week = proposed(centre)

    before = browser.get(reverse("timetable:proposed_week", args=[week.pk])).content.decode()
    after = browser.post(
        reverse("timetable:take_week", args=[week.pk]), {"scope": "on"}, follow=True
    )
    later = browser.get(centre.href("week").replace("W24", "W26")).content.decode()

    said = (
        "ra uke 24 til 10. jul. 2026: praksisen hos Solbakken barnehage slutter da; "
        "Norsk A1 bare til 19. jun. 2026"
    )
    assert f"F{said}" in before
    assert after.content.decode().count(f"f{said}") == 2
    assert f"Gjelder f{said}" in later


def test_a_proposal_that_no_longer_fits_is_told_and_not_taken(centre: Centre) -> None:
    week = proposed(centre)
    centre.keep()

    answer = centre.town.browser(RAGNHILD).post(reverse("timetable:take_week", args=[week.pk]))

    assert answer.status_code == 409
    assert "Forslaget passer ikke lenger" in answer.content.decode()
    assert Timetable.objects.count() == 1


def test_a_proposal_beside_what_is_no_more_names_it(centre: Centre) -> None:
    """One group has no sessions when a week is proposed; the other none when it is looked at."""
    centre.keep(stays=())
    GroupSession.objects.all().delete()
    other = group(centre.town.municipality, "Norsk A2", sessions=((0, 540, 840, 6),))
    Schooling.objects.update(class_name="Norsk A2")
    week = proposed(centre)
    GroupSession.objects.all().delete()

    answer = centre.town.browser(RAGNHILD).get(reverse("timetable:proposed_week", args=[week.pk]))

    said = " ".join(answer.content.decode().split())
    assert "Norsk A1 går ut mandag 08.30–13.30." in said
    assert "Norsk A2 kommer til mandag 09.00–14.00." in said
    keys = [str(each) for each in (centre.norwegian.pk, other.pk)]
    assert [key for key in keys if key in re.sub(r"<[^>]*>", "", said)] == []


def test_a_proposal_is_the_askers_alone(centre: Centre) -> None:
    week = proposed(centre)

    answer = centre.town.browser(PER).get(reverse("timetable:proposed_week", args=[week.pk]))

    assert answer.status_code == 404


def test_a_proposal_can_be_changed_by_hand_first(centre: Centre) -> None:
    week = proposed(centre)

    page = centre.town.browser(RAGNHILD).get(f"{centre.href('edit')}&forslag={week.pk}")

    assert page.content.decode().count('value="15.30"') == 2


@pytest.fixture
def for_all(centre: Centre) -> Any:
    """A proposal for Zahra and Yusuf, as the worker answered it; and the browser that asked."""
    centre.participant("Yusuf")
    browser = centre.town.browser(RAGNHILD)
    asked = browser.post(reverse("timetable:propose_all") + "?uke=2026-W24")
    href = asked["Location"]
    waits = browser.get(href).content.decode()
    assert "Venter på tur" in waits
    with scopes_disabled():
        run_one(worker="test")
    return browser, href


def test_everybody_is_proposed_a_week_and_all_is_taken(for_all: Any) -> None:
    browser, href = for_all
    TeachingGroup.objects.update(last_day=date(2026, 6, 19))
    page = " ".join(browser.get(href).content.decode().split())
    assert "Norsk A1 slutter 19. jun. 2026. Etter det mangler den i ukene." in page
    assert "Det finnes ingen bedre fordeling" in page
    found = re.search(r"Ta i bruk alle (\d+)", page)
    assert found
    many = int(found[1])

    answer = browser.post(f"{href}ta/", {"act": "all"}, follow=True)

    assert many >= 2  # Zahra and Yusuf, beside those of the town
    assert f"{many} timeplaner er satt i kraft." in answer.content.decode()
    assert Timetable.objects.count() == many
    assert answer.content.decode().count("I kraft") == many


def test_who_lacks_hours_in_the_best_week_there_is_stands_with_the_others_who_do(
    centre: Centre,
) -> None:
    centre.keep()
    browser = centre.town.browser(RAGNHILD)
    href = browser.post(reverse("timetable:propose_all") + "?uke=2026-W24")["Location"]
    with scopes_disabled():
        run_one(worker="test")

    lacking, same = (
        " ".join(browser.get(f"{href}?liste={each}").content.decode().split())
        for each in ("mangler", "uendret")
    )

    row = re.search(r">Zahra</a>.*?</tr>", lacking)
    assert row
    assert "Mangler timer" in row[0]
    assert "Som i dag" in row[0]
    assert ">Zahra</a>" not in same


def test_who_has_nowhere_to_practise_is_led_to_where_it_is_entered(centre: Centre) -> None:
    Placement.objects.all().delete()
    settle([centre.zahra])
    week = proposed(centre)
    href = reverse("timetable:proposed_week", args=[week.pk])

    page = centre.town.browser(RAGNHILD).get(href).content.decode()

    assert "Deltakeren har ingen praksisplass. Registrer en." in page
    assert reverse("entering:add", args=[centre.zahra.pk, "praksis"]) in page


def test_who_cannot_get_the_week_is_left_out_and_told_why(centre: Centre, for_all: Any) -> None:
    browser, href = for_all
    centre.keep(stays=())
    mine = ProposedWeek.objects.filter(participant__name__in=["Zahra", "Yusuf"])
    pks = [str(pk) for pk in mine.values_list("pk", flat=True)]

    answer = browser.post(f"{href}ta/", {"week": pks, "act": "marked"})

    said = " ".join(answer.content.decode().split())
    assert answer.status_code == 409
    assert "<b>Zahra</b>: Noen har satt en annen timeplan i kraft" in said
    assert "1 timeplan er satt i kraft." in said
    assert Timetable.objects.count() == 2


def test_when_others_took_the_seats_nothing_is_taken_by_halves(
    centre: Centre, for_all: Any
) -> None:
    browser, href = for_all
    centre.norwegian.capacity = 1
    centre.norwegian.save()

    answer = browser.post(f"{href}ta/", {"act": "all"})

    assert answer.status_code == 409
    assert "Ingenting er satt i kraft" in answer.content.decode()
    assert not Timetable.objects.exists()


@pytest.mark.parametrize("group", ["tull", "00000000-0000-0000-0000-000000000007"])
def test_for_a_group_that_is_not_there_nobody_is_planned(centre: Centre, group: str) -> None:
    href = f"{reverse('timetable:propose_all')}{THEN}&gruppe={group}"

    answer = centre.town.browser(RAGNHILD).post(href, follow=True)

    assert "Gruppa finnes ikke, så ingen uker er foreslått." in answer.content.decode()
    assert not TimetableProposal.objects.exists()


def test_the_work_can_be_stopped(centre: Centre) -> None:
    browser = centre.town.browser(RAGNHILD)
    href = browser.post(reverse("timetable:propose_all"))["Location"]

    answer = browser.post(f"{href}stopp/", follow=True)

    assert "Forslaget ble stoppet før det var ferdig." in answer.content.decode()
    assert TimetableProposal.objects.get().answer is None


def test_the_best_so_far_is_kept_when_the_work_is_stopped(
    centre: Centre, monkeypatch: pytest.MonkeyPatch
) -> None:
    centre.participant("Samira")
    browser = centre.town.browser(RAGNHILD)
    href = browser.post(f"{reverse('timetable:propose_all')}{THEN}")["Location"]
    seen = []

    def choose(options: Any, capacity: Any, search: Any) -> Any:
        """Search as always, and be stopped when there is something to keep."""
        seen.append(browser.get(href).content.decode())
        browser.post(f"{href}stopp/", {"keep": "best"})
        seen.append(browser.get(href).content.decode())
        return whole(options, capacity, search)

    whole = choosing.choose
    monkeypatch.setattr("innpass.domain.planning.solve.choose", choose)
    with scopes_disabled():
        run_one(worker="test")

    before, after = seen
    assert "Stopp, og behold det beste så langt" in before
    assert "Stopper, og tar vare på det beste så langt" in after
    assert "Stopp, og behold" not in after
    made = TimetableProposal.objects.get()
    assert made.answer
    assert made.answer["status"] == "stopped"
    assert made.weeks.exclude(blocks=None).count() >= 2
    assert "Ta i bruk alle" in browser.get(href).content.decode()
    assert AuditEvent.objects.filter(action="stop_search", subject_id=made.job).count() == 1


def test_how_far_a_stopped_search_may_be_from_the_best_is_told() -> None:
    answer = {"status": "stopped", "cost": 200, "bound": 150}

    assert gap_words(answer) == (
        "Letingen ble stoppet, og dette er det beste som var funnet: høyst 25 prosent fra det "
        "beste som er mulig."
    )
    assert "Det er regnet ut." in gap_words(answer | {"bound": 200})


def test_an_own_appointment_that_ends_is_told_by_name_to_those_who_may_know_it(
    centre: Centre,
) -> None:
    Appointment.objects.create(
        municipality=centre.town.municipality,
        participant=centre.zahra,
        name="Fysioterapi",
        day=3,
        start=960,
        end=1020,
        first_day=date(2026, 1, 1),
        last_day=date(2026, 6, 19),
    )
    centre.keep()
    adviser, teacher = (
        centre.town.browser(each).get(centre.href("week")).content.decode()
        for each in (RAGNHILD, LIV)
    )

    assert "avtalen «Fysioterapi» bare til 19. jun. 2026" in adviser
    assert "en egen avtale bare til 19. jun. 2026" in teacher
    assert "Fysioterapi" not in teacher


def test_who_lacks_most_hours_is_first(centre: Centre, for_all: Any) -> None:
    browser, href = for_all
    made = list(ProposedWeek.objects.order_by("participant__name"))
    for missing, each in enumerate(made):
        each.told |= {"short": ["Uka mangler timer."], "missing": missing}
        each.save()

    lines = browser.get(href).context["page"].lines

    assert [each.name for each in lines] == [each.participant.name for each in reversed(made)]


def test_what_a_week_lacks_is_stored_with_it(centre: Centre) -> None:
    centre.norwegian.sessions.all().delete()

    assert proposed(centre).told["missing"] == 2250 - 2 * 450

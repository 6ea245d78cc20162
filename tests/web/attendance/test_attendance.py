"""Noting who came, on a phone or without script; two teachers at once; what it leads to."""

import re
from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from innpass.casework.audit.models import ReadEvent
from innpass.casework.drafts.models import Draft
from innpass.casework.participants.models import Participant
from innpass.casework.programme.models import Enrolment
from innpass.casework.timetable.attended import Attendance
from innpass.casework.timetable.models import Block, Timetable
from innpass.exchange.clock import today
from tests.factories.cast import KARI, LIV, ODD, PER, Town
from tests.factories.weeks import group

pytestmark = pytest.mark.django_db

MONDAY = date(2026, 6, 22)


@pytest.fixture
def people(town: Town) -> list[Participant]:
    """Three people whose group, which is Liv's, meets on Mondays and Tuesdays."""
    found = list(Participant.objects.order_by("name"))
    norwegian = group(town.municipality, sessions=((0, 510, 810, 6), (1, 510, 810, 6)))
    norwegian.teacher = "Liv Solheim"
    norwegian.save(update_fields=["teacher"])
    Enrolment.objects.filter(participant__in=found).update(
        first_day=date(2026, 1, 5), actual_last_day=None
    )
    for person in found:
        week = Timetable.objects.create(
            municipality=town.municipality, participant=person, first_monday=MONDAY
        )
        for session in norwegian.sessions.all():
            Block.objects.create(
                municipality=town.municipality,
                timetable=week,
                day=session.day,
                start=session.start,
                end=session.end,
                part="course",
                activity="norwegian",
                name=norwegian.name,
                lessons=6,
                counted_minutes=450,
                group=norwegian,
            )
    return found


def sheet(day: str = "2026-06-22") -> str:
    found = Block.objects.values_list("group", flat=True).first()
    return reverse("attendance:group", args=[found, date.fromisoformat(day), 510])


def noted() -> dict[str, tuple[int, str, str]]:
    return {
        name: (absent, missed, kind)
        for name, absent, missed, kind in Attendance.objects.values_list(
            "participant__given_name", "absent_minutes", "missed", "kind"
        )
    }


def test_ones_own_groups_come_first_and_say_how_far_they_are(
    town: Town, people: list[Participant]
) -> None:
    page = town.browser(LIV).get(reverse("attendance:day") + "?dag=2026-06-22").context["page"]

    assert [part.heading for part in page.parts] == ["Dine grupper"]
    (line,) = page.parts[0].lines
    assert (line.people, line.state, line.when) == (3, "Ikke ført", "08.30–13.30")
    town.browser(LIV).post(line.href, {"act": "rest"})
    page = town.browser(KARI).get(reverse("attendance:day") + "?dag=2026-06-22").context["page"]
    assert page.parts[0].heading == "Grupper"
    assert page.parts[0].lines[0].state == "Ført, alle her"
    later = town.browser(LIV).get(reverse("attendance:day") + "?dag=2026-07-06").context["page"]
    assert later.is_future
    assert later.parts[0].lines[0].href == ""


def test_a_class_is_noted_in_one_form_without_script(town: Town, people: list[Participant]) -> None:
    amina, bohdan, _ = people
    sent = {
        f"s-{amina.pk}": "borte",
        f"k-{amina.pk}": "child_ill",
        f"s-{bohdan.pk}": "sent",
        f"m-{bohdan.pk}": " 15 ",
        "act": "rest",
    }
    answer = town.browser(LIV).post(sheet(), sent, follow=True)

    assert noted() == {
        "Amina": (300, "", "child_ill"),
        "Bohdan": (15, "late", ""),
        "Celine": (0, "", ""),
    }
    page = answer.context["page"]
    assert page.tally == "1 var her hele tiden, 2 hadde fravær."
    assert [line.said for line in page.people] == [
        "borte, sykt barn",
        "kom 15 min for sent",
        "her",
    ]
    assert "Oppmøtet er ført." in answer.content.decode()


def test_minutes_that_cannot_be_are_told_beside_the_person_and_the_others_are_stored(
    town: Town, people: list[Participant]
) -> None:
    amina, bohdan, _ = people
    for wrong in ("", "0", "300", "-5", "ti", "٣", "9" * 400):
        sent = {f"s-{amina.pk}": "tidlig", f"m-{amina.pk}": wrong, f"s-{bohdan.pk}": "her"}
        answer = town.browser(LIV).post(sheet(), sent)

        assert answer.status_code == 422
        line = answer.context["page"].people[0]
        assert line.problem == "Skriv hvor mange minutter, fra 1 til 299, så lagres det."
        assert [one.value for one in line.states if one.is_chosen] == ["tidlig"]
        assert noted() == {"Bohdan": (0, "", "")}


def test_odd_sendings_change_nothing(town: Town, people: list[Participant]) -> None:
    pk = people[0].pk
    for odd in (
        {},
        {f"s-{pk}": "kanskje"},
        {"s-tull": "borte", "only": "tull"},
        {f"s-{pk}": "borte", f"k-{pk}": "late"},
    ):
        assert town.browser(LIV).post(sheet(), odd).status_code in (302, 422)
    assert noted() == {}
    for nowhere in ("2026-06-24", "2026-06-20", "2025-06-23"):
        assert town.browser(LIV).post(sheet(nowhere), {"act": "rest"}).status_code == 404
    for never in ("9999-12-31", "0001-01-01", "1999-12-31", "2026-02-31"):
        assert town.browser(LIV).get(sheet().replace("2026-06-22", never)).status_code == 404
    assert town.browser(LIV).post(sheet("2026-07-06"), {"act": "rest"}).status_code == 302
    assert noted() == {}


def test_two_teachers_at_once_are_told_and_nothing_is_overwritten(
    town: Town, people: list[Participant]
) -> None:
    amina, bohdan, _ = people
    town.browser(LIV).post(sheet(), {f"s-{amina.pk}": "borte"})

    second = {f"s-{amina.pk}": "her", f"v-{amina.pk}": "0", f"s-{bohdan.pk}": "her"}
    answer = town.browser(KARI).post(sheet(), second)

    assert answer.status_code == 409
    line = answer.context["page"].people[0]
    assert re.fullmatch(
        r"Liv Solheim førte «borte» .+, etter at du åpnet siden\. Det står\. Du valgte «her»: "
        r"Velg det på nytt hvis det er riktig\.",
        line.problem,
    )
    assert noted() == {"Amina": (300, "", ""), "Bohdan": (0, "", "")}
    again = {f"s-{amina.pk}": "her", f"v-{amina.pk}": str(line.seen)}
    assert town.browser(KARI).post(sheet(), again).status_code == 302
    assert noted()["Amina"] == (0, "", "")


def test_one_tap_stores_one_person_and_gives_that_part_of_the_page(
    town: Town, people: list[Participant]
) -> None:
    amina, bohdan, _ = people
    sent = {f"s-{amina.pk}": "borte", f"s-{bohdan.pk}": "borte", "only": str(amina.pk)}
    part = town.browser(LIV).post(sheet(), sent, headers={"HX-Request": "true"})
    text = squeezed(part.content.decode())

    assert noted() == {"Amina": (300, "", "")}
    page = squeezed(town.browser(LIV).get(sheet()).content.decode())
    parts = re.sub(r' data-announce="[^"]*"| hx-swap-oob="true"', "", text)
    for part in re.findall(r"<span.*?</span>|<input[^>]*>|<p.*?</p>", parts):
        assert part in page
    assert f'name="s-{amina.pk}"' not in text  # what is being chosen now is left alone
    assert "0 var her hele tiden, 1 hadde fravær. 2 er ikke ført." in text
    assert "Resten var her" in text  # the others are not noted yet
    unsaid = {f"s-{amina.pk}": "sent", f"v-{amina.pk}": "1", "only": str(amina.pk)}
    part = town.browser(LIV).post(sheet(), unsaid, headers={"HX-Request": "true"})
    assert part.status_code == 422
    assert "Skriv hvor mange minutter" in part.content.decode()
    assert noted() == {"Amina": (300, "", "")}


def test_a_mark_is_taken_away_with_one_tap_and_told_where_it_was_of_another_group(
    town: Town, people: list[Participant]
) -> None:
    amina = people[0]
    assert "data-noted" not in town.browser(LIV).get(sheet()).content.decode()
    town.browser(LIV).post(sheet(), {f"s-{amina.pk}": "borte"})
    other = group(town.municipality, "Norsk A2")
    Block.objects.filter(timetable__participant=amina).update(group=other, name=other.name)

    moved = reverse("attendance:group", args=[other.pk, MONDAY, 510])
    line = town.browser(LIV).get(moved).context["page"].people[0]
    assert line.said == "borte, i Norsk A1 kl. 08.30–13.30"
    assert not any(each.is_chosen for each in line.states)
    assert town.browser(LIV).post(moved, {"act": "rest"}).status_code == 302
    assert noted() == {"Amina": (300, "", "")}  # somebody said something about her
    sent = {f"s-{amina.pk}": "ikke", f"v-{amina.pk}": "1", "only": str(amina.pk)}
    part = town.browser(LIV).post(moved, sent, headers={"HX-Request": "true"})
    assert part.status_code == 200
    assert part["HX-Retarget"] == f"#came-{amina.pk}"
    assert re.search('data-announce="Amina[^"]*: ikke ført"', part.content.decode())
    assert noted() == {}


def test_a_sheet_of_which_nothing_is_left_leads_to_the_day(
    town: Town, people: list[Participant]
) -> None:
    amina = people[0]
    here = sheet()
    for sent in ({}, {"only": str(amina.pk)}):
        town.browser(LIV).post(here, {f"s-{amina.pk}": "her"})
        blocks = list(Block.objects.all())
        Block.objects.all().delete()
        gone = {f"s-{amina.pk}": "ikke", f"v-{amina.pk}": "1"} | sent
        answer = town.browser(LIV).post(here, gone, headers={"HX-Request": "true"})
        assert noted() == {}
        if sent:
            assert "came-" not in answer.content.decode()
        else:
            assert answer["Location"] == reverse("attendance:day") + "?dag=2026-06-22"
        Block.objects.bulk_create(blocks)


def squeezed(html: str) -> str:
    return re.sub(r"\s+", " ", html).replace(" >", ">")


def test_the_reason_is_neither_asked_of_nor_shown_to_who_may_not_know(
    town: Town, people: list[Participant]
) -> None:
    pk = people[0].pk
    town.browser(LIV).post(sheet(), {f"s-{pk}": "borte", f"k-{pk}": "child_ill"})

    for user in (PER, ODD):
        text = town.browser(user).get(sheet()).content.decode()
        assert "sykt barn" not in text.lower()
        text = town.browser(user).get(reverse("attendance:person", args=[pk])).content.decode()
        assert "sykt barn" not in text.lower()
    assert town.browser(ODD).post(sheet(), {"act": "rest"}).status_code == 403
    assert not town.browser(ODD).get(sheet()).context["page"].may_note


def test_whole_days_missed_are_offered_as_an_absence_and_never_entered(
    town: Town, people: list[Participant]
) -> None:
    amina = people[0]
    for day in ("2026-06-22", "2026-06-23"):
        town.browser(LIV).post(sheet(day), {f"s-{amina.pk}": "borte"})
    href = reverse("attendance:person", args=[amina.pk])
    page = town.browser(LIV).get(href).context["page"]

    assert [(each.first_day.day, each.last_day.day) for each in page.suggestions] == [(22, 23)]
    assert page.percent == 0
    assert page.total.absent == 15.0
    assert ReadEvent.objects.filter(page="attendance", subject_id=amina.pk).count() == 1
    assert town.browser(PER).get(href).context["page"].suggestions == ()
    asked = reverse("attendance:suggest_absence", args=[amina.pk])
    form = town.browser(LIV).post(asked, {"day": "2026-06-22"}, follow=True)
    assert "2026" not in form.redirect_chain[-1][0]  # no address tells when somebody was away
    typed = {control.name: control.text for part in sections(form) for control in part.controls}
    assert (typed["absence.first_day"], typed["absence.last_day"]) == (
        "22.06.2026",
        "23.06.2026",
    )
    assert amina.absences.count() == 0
    # A second offer keeps what is typed already.
    town.browser(LIV).post(asked, {"day": "2026-06-22"})
    assert Draft.objects.count() == 1
    assert town.browser(LIV).post(asked, {"day": "2020-01-01"})["Location"] == href


def sections(form: Any) -> Any:
    return form.context["page"].sections


def test_the_limits_are_changed_with_numbers_and_nothing_else(
    town: Town, people: list[Participant]
) -> None:
    href = reverse("attendance:follow_up")
    for wrong in ({}, {"percent": "101", "row": "3"}, {"percent": "80", "row": "0"}):
        answer = town.browser(KARI).post(href, wrong)
        assert answer.status_code == 422
        assert "helt tall" in answer.context["page"].problem
    for day, said in (("snart", "hvilken dag"), ("1.1.2026", "i dag eller en senere dag")):
        answer = town.browser(KARI).post(href, {"percent": "90", "row": "2", "from": day})
        assert (answer.status_code, said in answer.context["page"].problem) == (422, True)
        assert f'value="{day}"' in answer.content.decode()
    on = today()
    town.browser(KARI).post(href, {"percent": "90", "row": "2", "from": f"{on:%d.%m.%Y}"})
    page = town.browser(LIV).get(href).context["page"]
    assert (page.percent, page.in_a_row) == (90, 2)
    (line,) = page.limits
    assert (line.percent, line.holds_from, line.holds, bool(line.by)) == (90, on, True, True)
    assert town.browser(PER).get(href).status_code == 403

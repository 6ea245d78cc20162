"""The integration plan on the screen: a draft is written, agreed and compared, and then stands."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import now

from innpass.casework.audit.models import ReadEvent
from innpass.casework.drafts.models import Draft
from innpass.casework.overview.models import OverviewRow
from innpass.casework.plans.models import IntegrationPlan
from innpass.casework.programme.models import Enrolment
from innpass.web.entering.plan_printing import document
from tests.casework.plans.plan import agreed
from tests.factories.cast import KARI, LIV, NINA, RAGNHILD, Town
from tests.factories.people import become_second

pytestmark = pytest.mark.django_db

FILLED = {
    "plan.made_on": "1.6.2026",
    "plan.made_with_participant": "ja",
    "plan.end_goal": "work",
    "plan.long_term_goal": "Fast jobb",
    "plan.goal_listening": "B1",
    "plan.goal_reading": "A2",
    "plan.goal_writing": "A2",
    "plan.goal_speaking": "B1",
    "plan.norwegian_hours": "600",
    "plan.social_studies_hours": "0",
    "plan.length_months": "12",
    "plan.complaint_informed": "ja",
    "plan.review_on": "1.12.2026",
    "element.1.kind": "practice",
    "element.1.text": "Solbakken barnehage",
    "element.1.hours_per_week": "22,5",
    "element.1.reason": "Gir referanser",
}


def href(town: Town, name: str = "plan", who: str = "Amina") -> str:
    return reverse(f"entering:{name}", args=[town.people(who).pk])


def sent(page: Any, **typed: str) -> dict[str, str]:
    """Return what a browser would send: what stands in the form, with some of it typed anew."""
    shown = page.context["page"]
    stands = {
        each.name: each.text
        for section in (*shown.sections, *shown.elements)
        for each in section.controls
    }
    return stands | {
        "rows": str(shown.rows),
        "version": str(shown.version),
        "mark": shown.draft.mark,
        "form_id": shown.draft.form_id,
        **typed,
    }


def begin(town: Town, who: str = RAGNHILD) -> Any:
    browser = town.browser(who)
    answer = browser.post(href(town, "plan_start"))
    return browser, browser.get(answer["Location"])


def test_a_plan_is_written_agreed_and_stands_on_the_persons_page(town: Town) -> None:
    browser, form = begin(town)
    answer = browser.post(href(town, "plan_form"), sent(form, **FILLED))
    page = browser.get(answer["Location"]).context["page"]
    assert page.lacks == ()

    answer = browser.post(
        href(town, "plan_agree"), {"agreed_on": "2.6.2026", "version": page.version}
    )

    assert answer["Location"] == href(town)
    plan = IntegrationPlan.objects.get()
    assert (plan.status, plan.agreed_on, plan.agreed_by) == (
        *("agreed", date(2026, 6, 2)),
        town.users[RAGNHILD],
    )
    assert plan.elements.get().hours_per_week == 22.5
    person = reverse("participant:participant", args=[plan.participant_id])
    card = town.browser(LIV).get(person).context["page"].plan
    assert (card.title, card.review_on) == ("Plan 1", date(2026, 12, 1))


def test_agreeing_too_early_is_refused_with_what_lacks(town: Town) -> None:
    browser, form = begin(town)
    typed = FILLED | {"plan.long_term_goal": " ", "element.1.reason": ""}
    browser.post(href(town, "plan_form"), sent(form, **typed))

    answer = browser.post(href(town, "plan_agree"), {"agreed_on": "2.6.2026", "version": "2"})

    assert answer.status_code == 422
    said = answer.content.decode()
    assert "Det langsiktige målet mangler." in said
    assert "§ 15 tredje ledd" in said
    assert "§ 15 fjerde ledd" in said
    assert IntegrationPlan.objects.get().status == "draft"


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        ("", "Skriv dagen planen ble avtalt."),
        ("i fjor", "dato"),
        ("31.5.2026", "før den ble laget"),
        ("31.12.2030", "ikke har vært ennå"),
    ],
)
def test_a_wrong_day_gets_a_sentence(town: Town, day: str, sentence: str) -> None:
    browser, form = begin(town)
    browser.post(href(town, "plan_form"), sent(form, **FILLED))

    answer = browser.post(href(town, "plan_agree"), {"agreed_on": day, "version": "2"})

    assert answer.status_code == 422
    assert sentence in answer.context["page"].refusal
    assert answer.context["page"].agree_day == day or not day


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("plan.made_on", "", "Skriv dagen planen ble laget"),
        ("plan.length_months", "mange", "helt tall"),
        ("plan.end_goal", "løvetemmer", "Velg en av verdiene"),
        ("plan.last_day", "1.1.1990", "Siste dag er før første dag"),
        ("plan.long_term_goal", "x" * 2001, "høyst 2000 tegn"),
        ("element.1.kind", "", "Velg hva slags element"),
        ("element.1.kind", "annen", "Velg en av verdiene"),
        ("element.1.hours_per_week", "99", "fra 0 til 60"),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost(
    town: Town, name: str, text: str, sentence: str
) -> None:
    browser, form = begin(town)
    typed = FILLED | {"plan.first_day": "1.1.2026", name: text}

    answer = browser.post(href(town, "plan_form"), sent(form, **typed))

    assert answer.status_code == 422
    (problem,) = answer.context["page"].problems
    assert (problem.name, problem.text) == (name, text) or problem.name == name
    assert sentence in problem.problem
    stands = sent(answer)
    assert {key: stands[key] for key in typed} == typed
    assert IntegrationPlan.objects.get().long_term_goal == ""


def test_more_elements_get_room_and_nothing_is_saved(town: Town) -> None:
    browser, form = begin(town)
    typed = FILLED | {"plan.length_months": "mange"}

    answer = browser.post(href(town, "plan_form"), sent(form, **typed, act="more"))

    assert answer.context["page"].rows == form.context["page"].rows + 2
    assert answer.context["page"].problems == ()
    assert sent(answer)["plan.length_months"] == "mange"
    assert IntegrationPlan.objects.get().version == 1


def test_what_is_typed_is_kept_as_a_draft_of_the_form(town: Town) -> None:
    browser, form = begin(town)
    browser.post(reverse("entering:keep_draft"), sent(form, **FILLED))

    again = browser.get(href(town, "plan_form"))

    assert sent(again)["element.1.reason"] == "Gir referanser"
    assert again.context["page"].draft.restored_at is not None
    browser.post(href(town, "plan_form"), sent(again))
    assert not Draft.objects.exists()
    assert IntegrationPlan.objects.get().length_months == 12


def test_two_who_write_at_once_are_told(town: Town) -> None:
    ragnhild, form = begin(town)
    kari, same = begin(town, KARI)
    ragnhild.post(href(town, "plan_form"), sent(form, **FILLED))

    late = kari.post(href(town, "plan_form"), sent(same, **{"plan.made_on": "3.6.2026"}))

    assert late.status_code == 409
    assert "Noen andre lagret kladden" in late.content.decode()
    stored = f"{href(town)}?versjon={IntegrationPlan.objects.get().pk}"
    assert f'href="{stored}"' in late.content.decode()
    assert "Fast jobb" in kari.get(stored).content.decode()
    assert sent(late)["plan.made_on"] == "3.6.2026"
    assert IntegrationPlan.objects.get().made_on == date(2026, 6, 1)


def test_a_new_version_shows_what_is_another(town: Town) -> None:
    amina = town.people("Amina")
    agreed(amina, date(2026, 2, 2))
    browser, form = begin(town)
    typed = {
        "plan.occupation": "kokk",
        "plan.reason": "Nytt mål",
        "element.1.hours_per_week": "20",
        "element.2.kind": "trade_course",
    }
    answer = browser.post(href(town, "plan_form"), sent(form, **typed))

    page = browser.get(answer["Location"]).context["page"]

    changed = {r.label: (r.before, r.value) for s in page.sections for r in s.rows if r.before}
    assert changed == {"Yrke eller utdanning": ("renholder", "kokk")}
    assert [(each.change, bool(each.before)) for each in page.elements] == [
        ("changed", True),
        ("new", False),
    ]
    assert page.compared == "Plan 1"


def test_a_draft_is_shown_to_its_writers_alone(town: Town) -> None:
    begin(town)

    assert town.browser(LIV).get(href(town)).context["page"].versions == ()
    assert len(town.browser(KARI).get(href(town)).context["page"].versions) == 1


def test_who_reads_what(town: Town) -> None:
    agreed(town.people("Amina"), date(2026, 2, 2))

    headings = {
        who: [s.heading for s in town.browser(who).get(href(town)).context["page"].sections]
        for who in (RAGNHILD, LIV)
    }

    assert "Klage og oppfølging" in headings[LIV]
    labels = {
        row.label
        for section in town.browser(LIV).get(href(town)).context["page"].sections
        for row in section.rows
    }
    assert "Sluttmål" in labels
    assert "Tolk brukt" not in labels
    assert town.browser(NINA).get(href(town)).status_code == 403


def test_an_end_before_the_start_is_left_out_of_a_first_version(town: Town) -> None:
    Enrolment.objects.filter(participant=town.people("Amina")).update(
        first_day=date(2026, 6, 1), planned_last_day=date(2026, 5, 1)
    )

    begin(town)

    plan = IntegrationPlan.objects.get()
    assert (plan.first_day, plan.last_day) == (date(2026, 6, 1), None)


def test_control_characters_are_no_part_of_what_is_typed(town: Town) -> None:
    browser, form = begin(town)
    typed = {"plan.long_term_goal": "Fast\x00 jobb", "element.1.reason": "Gir\x00 referanser"}

    browser.post(href(town, "plan_form"), sent(form, **FILLED | typed))

    plan = IntegrationPlan.objects.get()
    assert plan.long_term_goal == "Fast jobb"
    assert plan.elements.get().reason == "Gir referanser"


def test_a_draft_is_discarded(town: Town) -> None:
    browser, _form = begin(town)

    page = browser.get(href(town)).context["page"]
    browser.post(href(town, "plan_discard"), {"plan": page.shown, "version": page.version})

    assert not IntegrationPlan.objects.exists()
    answer = browser.get(href(town, "plan_form"))
    assert answer["Location"] == href(town)


def test_a_draft_another_saved_or_agreed_is_not_discarded_unseen(town: Town) -> None:
    browser, form = begin(town)
    seen = browser.get(href(town)).context["page"]
    same = {"plan": seen.shown, "version": str(seen.version)}
    town.browser(KARI).post(href(town, "plan_form"), sent(form, **FILLED))

    late = browser.post(href(town, "plan_discard"), same)

    assert late.status_code == 409
    assert "Se gjennom den, og slett på nytt" in late.content.decode()
    town.browser(KARI).post(href(town, "plan_agree"), {"agreed_on": "2.6.2026", "version": "2"})
    later = browser.post(href(town, "plan_discard"), same)
    assert later.status_code == 409
    assert "en avtalt plan kan ikke slettes" in later.content.decode()
    assert IntegrationPlan.objects.get().status == "agreed"
    gone = browser.post(href(town, "plan_discard"), {"plan": "\x00", "version": "x"})
    assert gone["Location"] == href(town)


@pytest.mark.parametrize(("screen", "name"), [("plans", "plan_agree"), ("plan_form", "plan_form")])
def test_what_another_agreed_just_now_gets_a_sentence(
    town: Town, monkeypatch: pytest.MonkeyPatch, screen: str, name: str
) -> None:
    browser, form = begin(town)
    browser.post(href(town, "plan_form"), sent(form, **FILLED))
    browser.post(href(town, "plan_agree"), {"agreed_on": "2.6.2026", "version": "2"})
    monkeypatch.setattr(
        f"innpass.web.entering.{screen}.draft_of", lambda person: IntegrationPlan.objects.get()
    )

    late = browser.post(href(town, name), sent(form, **FILLED, agreed_on="2.6.2026"))

    assert late.status_code == 409
    assert "Noen andre avtalte planen" in late.content.decode()


def test_a_day_before_the_plan_in_force_gets_a_sentence(town: Town) -> None:
    agreed(town.people("Amina"), date(2026, 6, 10))
    browser, form = begin(town)
    typed = {"plan.made_on": "1.6.2026", "plan.reason": "Nytt mål"}
    browser.post(href(town, "plan_form"), sent(form, **typed))

    answer = browser.post(href(town, "plan_agree"), {"agreed_on": "2.6.2026", "version": "2"})

    assert answer.status_code == 422
    assert "før planen som gjelder. Den ble avtalt 10. jun. 2026." in answer.context["page"].refusal


def test_a_draft_of_somebodys_second_is_only_read_and_discarded(town: Town) -> None:
    browser, _form = begin(town)
    amina, bohdan = town.people("Amina"), town.people("Bohdan")
    become_second(amina, bohdan)
    draft = IntegrationPlan.objects.get()
    person = reverse("participant:participant", args=[bohdan.pk])

    assert not browser.get(person).context["page"].plan.has_draft
    page = browser.get(href(town, who="Bohdan")).context["page"]
    assert (page.is_draft, page.may_discard, page.draft_href, page.lacks) == (False, True, "", ())
    assert not town.browser(LIV).get(href(town, who="Bohdan")).context["page"].may_discard
    chosen = {"plan": str(draft.pk), "version": "1"}
    browser.post(href(town, "plan_discard", "Celine"), chosen)
    assert IntegrationPlan.objects.exists()
    browser.post(href(town, "plan_discard", "Bohdan"), chosen)
    assert not IntegrationPlan.objects.exists()


def test_reading_is_noted_and_asks_no_more_for_more_versions(town: Town) -> None:
    amina = town.people("Amina")
    agreed(amina, date(2026, 2, 2))
    browser = town.browser(LIV)
    browser.get(href(town))
    before = ReadEvent.objects.filter(page="plan").count()
    with CaptureQueriesContext(connection) as one:
        browser.get(href(town))
    for number in range(2, 5):
        plan = IntegrationPlan.objects.get(number=1)
        stored = {f.attname: getattr(plan, f.attname) for f in plan._meta.concrete_fields}
        stored |= {"number": number, "agreed_on": date(2026, number, 9), "id": None}
        del stored["id"]
        IntegrationPlan.objects.create(**stored)
    with CaptureQueriesContext(connection) as four:
        assert len(browser.get(href(town)).context["page"].versions) == 4

    assert ReadEvent.objects.filter(page="plan").count() == before + 2
    assert len(four) == len(one)


@pytest.mark.parametrize(("last_day", "is_late"), [("1.12.2026", True), ("1.6.2026", False)])
def test_a_review_is_late_while_the_programme_lasts(
    town: Town, last_day: str, is_late: bool
) -> None:
    browser, form = begin(town)
    typed = FILLED | {
        "plan.made_on": "1.1.2026",
        "plan.first_day": "1.1.2026",
        "plan.last_day": last_day,
        "plan.review_on": "2.6.2026",
    }
    browser.post(href(town, "plan_form"), sent(form, **typed))
    browser.post(href(town, "plan_agree"), {"agreed_on": "2.1.2026", "version": "2"})

    assert browser.get(href(town)).context["page"].is_late is is_late
    person = reverse("participant:participant", args=[town.people("Amina").pk])
    assert browser.get(person).context["page"].plan.is_late is is_late


def test_months_and_days_that_disagree_are_told_in_the_draft_and_when_it_is_agreed(
    town: Town,
) -> None:
    browser, form = begin(town)
    days = {"plan.first_day": "1.8.2025", "plan.last_day": "31.7.2027"}
    answer = browser.post(href(town, "plan_form"), sent(form, **FILLED | days))
    page = browser.get(answer["Location"]).context["page"]
    (warning,) = page.warnings
    assert warning == (
        "Planen sier at programmet varer 12 måneder, men fra 1. aug. 2025 til 31. jul. 2027 er "
        "det 24 måneder."
    )

    answer = browser.post(
        href(town, "plan_agree"), {"agreed_on": "2.6.2026", "version": page.version}, follow=True
    )

    said = [str(message) for message in answer.context["messages"]]
    assert "Plan 1 er avtalt og gjelder nå." in said
    assert any("12 måneder" in each and "24 måneder" in each for each in said)


def test_a_plan_that_is_agreed_brings_its_review_among_the_next_steps(town: Town) -> None:
    browser, form = begin(town)
    typed = FILLED | {"plan.review_on": "20.6.2026"}
    answer = browser.post(href(town, "plan_form"), sent(form, **typed))
    version = browser.get(answer["Location"]).context["page"].version

    browser.post(href(town, "plan_agree"), {"agreed_on": "2.6.2026", "version": version})

    row = OverviewRow.objects.get(participant=town.people("Amina"))
    assert (row.next_code, row.next_due) == ("review_plan", date(2026, 6, 20))


def test_a_version_is_handed_out_as_pdf_as_the_reader_may_read_it(town: Town) -> None:
    agreed(town.people("Amina"), date(2026, 6, 2))

    def text(who: str) -> str:
        page = town.browser(who).get(href(town)).context["page"]
        return str(document(page, municipality="Lillevik", made_at=now()))

    assert "Fast jobb" in text(RAGNHILD)
    assert "Tolk brukt" in text(RAGNHILD)
    assert "Tolk brukt" not in text(LIV)
    answer = town.browser(LIV).get(href(town, "plan_pdf"))
    assert answer["Content-Type"] == "application/pdf"
    assert "Amina" not in answer["Content-Disposition"]
    assert b"pdfuaid:part" in answer.content
    assert ReadEvent.objects.filter(page="plan_pdf").count() == 1
    assert town.browser(RAGNHILD).get(href(town, "plan_pdf", "Bohdan")).status_code == 404

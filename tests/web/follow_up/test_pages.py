"""One person's page, a visit filled in on a phone, what is missing, contracts, attests."""

from typing import Any

import pytest
from django.urls import reverse

from innpass.casework.agreements.models import CaseEnding
from innpass.casework.drafts.models import Draft
from innpass.casework.follow_up import services
from innpass.casework.follow_up.models import (
    Attest,
    EmploymentContract,
    EvaluationVisit,
    JobSeekingLine,
    MissingForHire,
    Voice,
)
from innpass.casework.follow_up.prompts import PROMPTS
from innpass.casework.follow_up.services import Held, Lacking, Said
from innpass.casework.placements.models import Placement, VisitRhythm
from innpass.casework.timetable.tongues import TONGUES
from innpass.domain.following.hiring import Helper, Lack
from innpass.domain.following.visits import VisitKind
from innpass.domain.following.voices import THEMES, Answer, GivenBy, Speaker, Theme
from innpass.web.follow_up import words
from tests.casework.follow_up.staying import ago, followed_case, stay
from tests.casework.reconciliation.importing import TODAY
from tests.factories.cast import LIV, ODD, PER, RAGNHILD, Town

SAID = {
    "day": "29.06.2026",
    "version": "0",
    "participant-wellbeing": "well",
    "participant-language": "partly",
    "participant-text": "Jeg trives",
    "participant-given_by": "orally",
    "participant-interpreter": "with",
    "participant-given_in": "arabisk",
    "employer-given_by": "orally",
    "told": "Flere oppgaver",
    "internal": "Usikker leder",
}


def person_href(town: Town) -> str:
    return reverse("follow_up:person", args=[town.people("Amina").pk])


def visit_href(town: Town, place: Any, kind: str = "evaluation") -> str:
    return reverse("follow_up:new_visit", args=[town.people("Amina").pk, place.pk, kind])


def said(answer: Any) -> str:
    return str(answer.content.decode())


def test_a_visit_to_a_placement_of_a_sheet_is_noted_in_one_form(town: Town) -> None:
    href = visit_href(town, stay(town))
    page = town.browser(PER).get(href)

    answer = town.browser(PER).post(href, SAID)

    assert page.status_code == 200
    assert (answer.status_code, answer["Location"]) == (302, person_href(town))
    visit, voice = EvaluationVisit.objects.get(), Voice.objects.get()
    assert (visit.held_on, visit.told, visit.internal) == (
        ago(1),
        "Flere oppgaver",
        "Usikker leder",
    )
    assert (voice.speaker, voice.answers) == ("participant", {"wellbeing": "well"})
    assert (voice.norwegian, voice.interpreter, voice.given_in) == ("partly", "with", "arabisk")
    shown = said(town.browser(PER).get(person_href(town)))
    assert "Stemme mangler: arbeidsgiveren" in shown
    assert "gitt muntlig 29. jun. 2026, skrevet ned av Per Hauge, med tolk, på arabisk" in shown


def test_what_is_missing_stands_on_top_of_the_next_visit_and_can_be_closed_there(
    town: Town,
) -> None:
    case = followed_case(town)
    lacking = Lacking(Lack.NORWEGIAN, "med kunder", Helper.TEACHER, "Liv", None)
    row = services.name_missing(
        town.people("Amina"), lacking, by=town.actor(PER), on=ago(9), case=case
    )
    href = visit_href(town, case)
    assert "med kunder" in said(town.browser(PER).get(href))

    town.browser(PER).post(
        href,
        {
            **SAID,
            f"close-{row.pk}-closed": "done",
            f"close-{row.pk}-closed_text": "Består",
            "new-0-kind": "vacancy",
            "new-0-owner": "employer",
        },
    )

    first, second = MissingForHire.objects.order_by("opened_on")
    visit = EvaluationVisit.objects.get()
    assert (first.closed, first.closed_text, first.closed_at_visit) == ("done", "Består", visit)
    assert (second.kind, second.visit, second.closed_on) == ("vacancy", visit, None)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"day": "30.07.2026"}, "fram i tid"),
        ({"day": ""}, "Skriv dagen"),
        ({"participant-wellbeing": "flott"}, "Velg fra listen."),
        ({"participant-text": "fnr 17838800033"}, "fødselsnummer"),
        ({"new-0-text": "norsk", "new-0-owner": "teacher"}, "Velg hva som mangler."),
    ],
)
def test_a_visit_that_cannot_be_is_refused_and_all_that_was_typed_stays(
    typed: dict[str, str], sentence: str, town: Town
) -> None:
    answer = town.browser(PER).post(visit_href(town, stay(town)), {**SAID, **typed})

    assert answer.status_code == 422
    assert sentence in said(answer)
    assert "Flere oppgaver" in said(answer)
    assert not EvaluationVisit.objects.exists()


def test_a_visit_stays_when_no_row_tells_of_the_placement_any_more(town: Town) -> None:
    case = followed_case(town)
    held = Held(TODAY, "Avtalt noe")
    services.hold(case, VisitKind.EVALUATION, held, {}, by=town.actor(PER), on=TODAY)
    Placement.objects.filter(row_id=case.row).delete()

    assert "Avtalt noe" in said(town.browser(PER).get(person_href(town)))


def test_what_the_employer_said_itself_is_shown_in_the_form_and_stays(town: Town) -> None:
    case, per = followed_case(town), town.actor(PER)
    visit = services.hold(case, VisitKind.EVALUATION, Held(TODAY), {}, by=per, on=TODAY)
    own = Said({Theme.JOB: Answer.WELL}, "Egne ord", given_by=GivenBy.DOOR)
    services.give_voice(visit, Speaker.EMPLOYER, own, by=None, on=TODAY)
    href, browser = reverse("follow_up:visit", args=[visit.pk]), town.browser(PER)

    page = said(browser.get(href))
    sent = {name: value for name, value in SAID.items() if not name.startswith("employer")}
    late = browser.post(href, {**sent, "employer-text": "Våre", "employer-given_by": "orally"})
    over = browser.post(
        href,
        {**sent, "employer-text": "Våre", "employer-given_by": "orally", "version": "2"},
    )
    saved = browser.post(href, {**sent, "version": "2"})

    assert "Egne ord" in page
    assert "gitt på arbeidsgiverens egen side" in page
    assert "employer-text" not in page
    assert (late.status_code, over.status_code, saved.status_code) == (409, 422, 302)
    assert "Våre" in said(late)
    assert "har svart på egen side" in said(over)
    assert Voice.objects.get(speaker="employer").text == "Egne ord"


def test_a_visit_sent_twice_is_noted_once(town: Town) -> None:
    href = visit_href(town, followed_case(town))
    sent = {**SAID, "new-0-kind": "vacancy", "new-0-owner": "employer"}

    first, second = (town.browser(PER).post(href, sent) for _each in range(2))

    assert (first.status_code, second.status_code) == (302, 422)
    assert "ført 29.06.2026 fra før" in said(second)
    assert EvaluationVisit.objects.count() == MissingForHire.objects.count() == 1


def test_a_draft_comes_back_and_goes_when_the_visit_is_saved(town: Town) -> None:
    href = visit_href(town, stay(town))
    browser = town.browser(PER)
    mark = browser.get(href).context["page"].draft.mark
    browser.post(reverse("entering:keep_draft"), {**SAID, "mark": mark, "told": "Halvferdig"})

    back = browser.get(href)
    browser.post(href, SAID)

    assert "Her står kladden din" in said(back)
    assert "Halvferdig" in said(back)
    assert not Draft.objects.exists()


def test_whoever_saves_second_is_told_and_keeps_the_text(town: Town) -> None:
    case = followed_case(town)
    visit = services.hold(case, VisitKind.EVALUATION, Held(TODAY), {}, by=town.actor(PER), on=TODAY)
    href = reverse("follow_up:visit", args=[visit.pk])
    town.browser(PER).post(href, {**SAID, "version": "1"})

    answer = town.browser(PER).post(href, {**SAID, "version": "1", "told": "Min versjon"})
    again = town.browser(PER).post(
        href, {**SAID, "version": str(answer.context["page"].version), "told": "Min versjon"}
    )

    assert answer.status_code == 409
    assert "Min versjon" in said(answer)
    assert again.status_code == 302


def test_a_day_is_agreed_moved_and_called_off(town: Town) -> None:
    case = followed_case(town)
    browser, href = town.browser(PER), visit_href(town, case)
    browser.post(href, {"act": "book", "book-day": "03.07.2026", "version": "0"})
    visit = EvaluationVisit.objects.get()
    own = reverse("follow_up:visit", args=[visit.pk])
    assert browser.get(href)["Location"] == own

    late = browser.post(own, {"act": "book", "book-day": "01.06.2026", "version": "1"})
    browser.post(own, {"act": "book", "book-day": "06.07.2026", "version": "1"})
    silent = browser.post(reverse("follow_up:call_off", args=[visit.pk]), {"version": "2"})
    browser.post(
        reverse("follow_up:call_off", args=[visit.pk]), {"because": "Ferie", "version": "2"}
    )

    assert (late.status_code, silent.status_code) == (422, 422)
    assert "Dagen har vært" in said(late)
    visit.refresh_from_db()
    assert (visit.booked_for, visit.called_off_because) == (ago(-6), "Ferie")
    assert browser.get(own).status_code == 404


def test_a_cooperation_meeting_says_who_came_and_which_schemes_were_discussed(town: Town) -> None:
    href = visit_href(town, followed_case(town), "cooperation")
    sent = {
        "day": "29.06.2026",
        "version": "0",
        "present": ["employer", "nav_adviser"],
        "schemes": ["mentor"],
    }

    town.browser(PER).post(href, sent)

    assert EvaluationVisit.objects.get().schemes == ["mentor"]
    shown = said(town.browser(PER).get(person_href(town)))
    assert "Til stede: arbeidsgiveren og Nav-veileder" in shown
    assert "Ordninger: mentor" in shown


def test_the_teacher_sees_the_part_about_norwegian_and_writes_the_own_visit(town: Town) -> None:
    case = followed_case(town, begun=60)
    voices = {
        Speaker.PARTICIPANT: Said(
            {Theme.WELLBEING: Answer.BADLY, Theme.LANGUAGE: Answer.PARTLY}, "Hemmelig sagt"
        )
    }
    held = Held(ago(3), "Avtalt", "Internt sagt")
    services.hold(case, VisitKind.EVALUATION, held, voices, by=town.actor(PER), on=TODAY)

    shown = said(town.browser(LIV).get(person_href(town)))
    sent = {"day": "29.06.2026", "version": "0", "teacher-language": "well"}
    answer = town.browser(LIV).post(visit_href(town, case, "language"), sent)

    assert "Delvis" in shown
    assert "Hemmelig sagt" not in shown
    assert "Internt sagt" not in shown
    assert "Ikke bra" not in shown
    assert answer.status_code == 302
    assert Voice.objects.get(speaker="teacher").norwegian == "well"
    assert town.browser(LIV).get(visit_href(town, case)).status_code == 403


def test_nav_reads_and_writes_no_visit(town: Town) -> None:
    case = followed_case(town)
    visit = services.hold(
        case, VisitKind.EVALUATION, Held(TODAY, internal="Nota"), {}, by=town.actor(PER), on=TODAY
    )
    href = reverse("follow_up:visit", args=[visit.pk])

    assert "Nota" in said(town.browser(ODD).get(href))
    assert town.browser(ODD).post(href, SAID).status_code == 403


def test_a_contract_ends_the_placement_as_hired_and_is_asked_about_later(town: Town) -> None:
    followed_case(town, begun=200)
    pk = town.people("Amina").pk
    sent = {
        "employer": "Solbakken sykehjem",
        "kind": "permanent",
        "percent": "80",
        "first_day": "01.02.2026",
        "ends_case": "yes",
    }
    browser = town.browser(PER)
    wrong = browser.post(
        reverse("follow_up:contract", args=[pk]), {**sent, "last_day": "01.01.2026"}
    )
    browser.post(reverse("follow_up:contract", args=[pk]), sent)
    contract = EmploymentContract.objects.get()

    odd = town.browser(ODD)
    for answer in ("kanskje", "ja"):
        odd.post(
            reverse("follow_up:check", args=[contract.pk]), {"months": "3", "is_there": answer}
        )

    assert (wrong.status_code, "slutte før" in said(wrong)) == (422, True)
    assert CaseEnding.objects.get().outcome == "hired"
    assert contract.checks.get().is_there
    assert "Har arbeidskontrakt" in said(browser.get(person_href(town)))


def test_nothing_of_a_contract_is_chosen_beforehand_and_the_form_says_what_it_closes(
    town: Town,
) -> None:
    followed_case(town, begun=200)
    person = town.people("Amina")
    lacking = Lacking(Lack.VACANCY, "", Helper.EMPLOYER, "", None)
    services.name_missing(person, lacking, by=town.actor(PER), on=TODAY)
    href = reverse("follow_up:contract", args=[person.pk])
    browser = town.browser(PER)

    shown = said(browser.get(href))
    sent = {"employer": "Solbakken sykehjem", "first_day": "01.08.2026"}
    answer = browser.post(href, sent)

    assert "checked" not in shown
    assert f"lukkes det som mangler for å bli ansatt: {words.LACKS[Lack.VACANCY]}." in shown
    assert answer.status_code == 422
    assert {"kind", "percent", "ends_case"} == set(answer.context["page"].form.errors)
    assert not EmploymentContract.objects.exists()


@pytest.mark.parametrize("kind", ["work_training", "municipal_practice"])
def test_only_whoever_may_end_the_placement_is_offered_it(town: Town, kind: str) -> None:
    case = followed_case(town, begun=200)
    case.kind = kind
    case.save()
    href = reverse("follow_up:contract", args=[town.people("Amina").pk])
    sent = {"employer": "Solbakken", "kind": "permanent", "percent": "80"}
    browser = town.browser(PER)

    page = browser.get(href).context["page"]
    kept = browser.post(href, {**sent, "first_day": "01.08.2026", "ends_case": "no"})

    is_of_nav = kind == "work_training"
    assert ("ends_case" in page.form.fields, "Det kan" in page.lead) == (not is_of_nav, is_of_nav)
    assert kept.status_code == 302
    assert not CaseEnding.objects.exists()
    adviser = town.browser(RAGNHILD).get(href).context["page"]
    assert "ends_case" in adviser.form.fields


def test_own_words_stand_above_the_form_for_those_written_down(town: Town) -> None:
    case, per = followed_case(town), town.actor(PER)
    orally = {Speaker.EMPLOYER: Said(text="Skrevet ned")}
    visit = services.hold(case, VisitKind.EVALUATION, Held(TODAY), orally, by=per, on=TODAY)
    own = Said(text="Egne ord", given_by=GivenBy.DOOR)
    services.give_voice(visit, Speaker.EMPLOYER, own, by=None, on=TODAY)
    href, browser = reverse("follow_up:visit", args=[visit.pk]), town.browser(PER)

    page = said(browser.get(href))
    sent = {**SAID, "employer-text": "Skrevet om", "version": "2"}
    saved = browser.post(href, sent)
    home = said(browser.get(person_href(town)))

    assert (
        page.index("Egne ord")
        < page.index("Under står det dere skrev ned")
        < page.index("Skrevet ned</textarea>")
    )
    assert saved.status_code == 302
    assert 0 < home.index("Egne ord") < home.index("Skrevet om")


def test_what_is_missing_is_changed_and_closed_once(town: Town) -> None:
    person = town.people("Amina")
    browser = town.browser(PER)
    browser.post(
        reverse("follow_up:name_missing", args=[person.pk]),
        {"kind": "skill", "text": "Kasse", "owner": "employer", "due": "01.08.2026"},
    )
    row = MissingForHire.objects.get()
    href = reverse("follow_up:missing", args=[row.pk])

    browser.post(href, {"owner": "teacher", "owner_name": "Liv", "due": "", "version": "1"})
    unsaid = browser.post(href, {"act": "close", "version": "2"})
    late = browser.post(href, {"act": "close", "close-closed": "done", "version": "1"})
    browser.post(href, {"act": "close", "close-closed": "not_needed", "version": "2"})

    row.refresh_from_db()
    assert (row.owner, row.owner_name, row.due) == ("teacher", "Liv", None)
    assert (unsaid.status_code, late.status_code) == (422, 409)
    assert row.closed == "not_needed"
    assert browser.post(href, {"owner": "teacher", "version": "3"}).status_code == 404


def test_an_application_waits_for_an_answer(town: Town) -> None:
    person = town.people("Amina")
    browser = town.browser(PER)
    href = reverse("follow_up:job_seeking", args=[person.pk])
    sent = {"kind": "application", "day": "29.06.2026", "employer": ""}

    empty = browser.post(href, sent)
    browser.post(href, {**sent, "employer": "Kiwi"})
    line = JobSeekingLine.objects.get()
    browser.post(reverse("follow_up:reply", args=[line.pk]), {"reply": "offer", "version": "1"})

    assert (empty.status_code, "hvem søknaden" in said(empty)) == (422, True)
    shown = said(browser.get(person_href(town)))
    assert "tilbud om jobb" in shown
    assert "Uke 27" in shown


def test_an_attest_is_drafted_signed_printed_and_begun_anew(town: Town) -> None:
    case = followed_case(town, begun=80)
    browser, href = town.browser(PER), reverse("follow_up:attest", args=[case.pk])
    browser.post(href, {"act": "start"})
    browser.post(href, {"tasks": "Vask <b>", "learned": "", "words": "", "version": "1"})
    signed = {"act": "sign", "sign-name": "", "sign-day": "29.06.2026", "sign-way": "paper"}

    nobody = browser.post(href, {**signed, "version": "2"})
    nowhere = browser.post(href, {**signed, "sign-name": "Leder", "version": "2"})
    assert Attest.objects.get().signed_on is None
    signed |= {"sign-name": "Leder", "sign-is_archived": "on"}
    browser.post(href, {**signed, "version": "2"})
    attest = Attest.objects.get()
    pdf = browser.get(reverse("follow_up:attest_pdf", args=[attest.pk]))
    browser.post(href, {"act": "start"})

    assert nobody.status_code == 422
    assert "Arkiver papiret" in said(nowhere)
    assert "Avtalte timer per uke" in said(browser.get(href))
    assert (attest.signed_by, attest.tasks) == ("Leder", "Vask <b>")
    assert pdf["Content-Type"] == "application/pdf"
    for mark in (b"%PDF-1.7", b"/MarkInfo", b"/Lang", b"pdfuaid:part"):
        assert mark in pdf.content
    assert Attest.objects.count() == 2


def test_the_rhythm_is_dated_and_must_be_possible(town: Town) -> None:
    href, browser = reverse("follow_up:rhythm"), town.browser(PER)
    sent = {
        "first_after": "21",
        "window": "5",
        "interval": "30",
        "language_after": "",
        "without_contact": "10",
        "holds_from": "01.07.2026",
    }

    wrong = browser.post(href, {**sent, "window": "25"})
    browser.post(href, sent)

    assert (wrong.status_code, "kortere" in said(wrong)) == (422, True)
    kept = VisitRhythm.objects.get()
    assert (kept.first_after, kept.language_after, kept.set_by) == (21, None, town.users[PER])
    assert "Satt av Per Hauge" in said(browser.get(href))


def test_the_part_on_other_pages_says_the_same(town: Town) -> None:
    case = followed_case(town)
    services.hold(case, VisitKind.EVALUATION, Held(TODAY), {}, by=town.actor(PER), on=TODAY)
    pk = town.people("Amina").pk
    browser = town.browser(PER)

    part = said(browser.get(reverse("follow_up:panel", args=[pk])))
    page = said(browser.get(reverse("participant:participant", args=[pk])))

    assert "Stemme mangler: deltakeren og arbeidsgiveren" in part
    assert reverse("follow_up:panel", args=[pk]) in page
    assert reverse("follow_up:person", args=[pk]) in page


def test_every_language_of_the_week_has_every_question() -> None:
    asked = {theme.value for theme in THEMES[Speaker.PARTICIPANT]} | {"own_words"}
    answers = {answer.value for answer in Answer} | {"yes", "no"}  # whether to work there

    assert set(PROMPTS) == set(TONGUES)
    assert {code: set(words) for code, words in PROMPTS.items()} == dict.fromkeys(
        PROMPTS, asked | answers
    )


def test_a_contract_noted_by_mistake_is_taken_back_with_why(town: Town) -> None:
    browser = town.browser(PER)
    row = EmploymentContract.objects.create(
        municipality=town.municipality,
        participant=town.people("Amina"),
        employer_name="Kiwi",
        kind="permanent",
        percent=80,
        first_day=TODAY,
        noted_on=TODAY,
    )
    href = reverse("follow_up:take_contract_back", args=[row.pk])
    assert href in said(browser.get(person_href(town)))

    refused = browser.post(href, {"because": "", "version": "1"})
    late = browser.post(href, {"because": "Feil person", "version": "7"})
    done = browser.post(href, {"because": "Feil person", "version": "1"})

    assert (refused.status_code, late.status_code, done.status_code) == (422, 409, 302)
    assert "Skriv hvorfor kontrakten tas tilbake" in said(refused)
    assert "Feil person" in said(late)
    shown = said(browser.get(person_href(town)))
    assert "Tatt tilbake 30. jun. 2026 av Per" in shown
    assert "Feil person" in shown
    assert browser.get(href).status_code == 404

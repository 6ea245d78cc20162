"""The employer's page: nothing but the permitted, to nobody but who used the link."""

import re
from dataclasses import fields
from datetime import date, timedelta
from html import unescape
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from innpass.casework.agreements.models import PlacementCase
from innpass.casework.doors import services
from innpass.casework.doors.codes import Holder
from innpass.casework.doors.models import ConfirmedDay, Door
from innpass.casework.doors.showing import Contact, Shown
from innpass.casework.follow_up import services as follow_up
from innpass.casework.follow_up.models import EvaluationVisit, Voice
from innpass.casework.timetable.attended import Attendance
from innpass.domain.following.visits import VisitKind
from innpass.web.design import in_vain
from innpass.web.doors.pages import EmployerPage
from tests.casework.doors.letting_in import LAST, TODAY, running_case
from tests.factories.cast import KARI, PER, RAGNHILD, Town

pytestmark = pytest.mark.django_db

MONDAY = date(2026, 6, 29)
MAY_BE_SHOWN = {
    "participant": {"first_name"},
    "days": {"first_day", "last_day", "weekdays", "hours", "days"},
    "agreed": {"tasks", "goals", "goal_text"},
    "contact": {"contact_name", "contact_phone", "contact_email"},
    "what leads around on the page": {
        *("pk", "week", "week_label", "earlier_href", "later_href", "needs_code"),
        *("thanks", "problem", "code_problem", "links", "voice", "has_spoken"),
    },
}


@pytest.fixture(autouse=True)
def _nobody_has_guessed() -> None:
    cache.clear()


@pytest.fixture
def case(town: Town) -> PlacementCase:
    return running_case(town)


def link(town: Town, case: PlacementCase) -> str:
    secret = services.make_door(case, holder=Holder.MENTOR, by=town.actor(PER), on=TODAY)
    return reverse("doors:invitation", args=[secret])


def let_in(town: Town, case: PlacementCase, browser: Client | None = None) -> tuple[Client, UUID]:
    browser = browser or Client()
    answer = browser.post(link(town, case))
    assert answer.status_code == 302
    pk = Door.objects.latest("made_at").pk
    assert answer["Location"] == reverse("doors:employer", args=[pk])
    return browser, pk


def code(town: Town, case: PlacementCase, pk: UUID) -> str:
    return services.make_code(pk, case, by=town.actor(PER), on=TODAY)


def page_of(browser: Client, pk: UUID, **query: str) -> Any:
    return browser.get(reverse("doors:employer", args=[pk]), query)


def send(browser: Client, pk: UUID, **data: str) -> Any:
    return browser.post(reverse("doors:confirm", args=[pk]), data)


def text(answer: Any) -> str:
    html = answer.content.decode()
    body = html[html.index("<body") :]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


# What is shown (check 8)


def test_the_page_has_room_for_nothing_else() -> None:
    permitted = {name for names in MAY_BE_SHOWN.values() for name in names}

    assert {field.name for field in fields(EmployerPage)} <= permitted
    assert {field.name for field in fields(Shown)} == {
        *("first_name", "first_day", "last_day", "days", "minutes_per_week"),
        *("contact", "tasks", "goals", "goal_text"),
    }
    assert {field.name for field in fields(Contact)} == {"name", "phone", "email"}


def test_two_people_s_pages_differ_in_what_is_permitted_alone(town: Town) -> None:
    """Every word that is not of the list is the same whoever it is about."""
    other: dict[str, Any] = {
        "days": [[0, 540, 720], [1, 540, 720]],
        "tasks": "Vaske gulv",
        "goals": ["trial", "other"],
        "goal_text": "Prøve renhold",
        "minutes_per_week": 360,
        "last_day": date(2026, 7, 31),
        "contacts": {"supervisor": {"name": "Rita Ruud", "phone": "41 00 00 00", "email": ""}},
    }
    said: list[str] = []
    both: tuple[tuple[str, dict[str, Any]], ...] = (("Amina", {}), ("Bohdan", other))
    for name, content in both:
        browser, pk = let_in(town, running_case(town, name, **content))
        answer = page_of(browser, pk)
        page, words = answer.context["page"], text(answer)
        parts = [page.first_name, page.tasks, page.goal_text, page.contact_name, page.hours]
        parts += [*page.goals, page.contact_phone, date_format(page.last_day, "j. N Y")]
        for part in parts:
            assert part in words
            words = words.replace(part, "…")
        said.append(re.sub(r"\d\d\.\d\d–\d\d\.\d\d", "…", words))

    assert said[0] == said[1]
    assert "Bekreft oppmøte Uken før Uke 27 Mandag 29. juni …" in said[0]


def test_nothing_of_the_person_stands_on_the_page(town: Town, case: PlacementCase) -> None:
    person = town.people("Amina")
    browser, pk = let_in(town, case)

    html = page_of(browser, pk).content.decode()

    assert person.given_name in html
    secret = [person.family_name, person.native_name, person.country, str(person.pk), str(case.pk)]
    secret += [str(person.birth_date), *person.identifiers.values_list("plain", flat=True)]
    assert [word for word in secret if word and word in html] == []


# Who gets in (checks 8 and 21)


def test_a_scanner_that_follows_the_link_uses_nothing_up(town: Town, case: PlacementCase) -> None:
    href = link(town, case)
    scanner = Client()

    for method in ("get", "head", "get", "options"):
        getattr(scanner, method)(href)
    answer = scanner.get(href)

    assert answer.status_code == 200
    assert answer.content.decode().count("<form") == 1
    assert "Amina" not in answer.content.decode()
    assert Door.objects.get().opened_at is None
    assert Client().post(href).status_code == 302


def test_what_leads_nowhere_is_answered_alike(town: Town, case: PlacementCase) -> None:
    """Unknown, used, too old, withdrawn, protected and over: one sentence, one shape."""
    used, old, withdrawn = link(town, case), link(town, case), link(town, case)
    Client().post(used)
    doors = list(Door.objects.order_by("made_at"))
    Door.objects.filter(pk=doors[1].pk).update(
        made_at=timezone.now() - timedelta(hours=80),
        opens_until=timezone.now() - timedelta(hours=8),
    )
    services.withdraw_door(doors[2].pk, case, by=town.actor(PER))
    over = running_case(town, "Bohdan")
    ended = link(town, over)
    PlacementCase.objects.filter(pk=over.pk).update(withdrawn_at=timezone.now())
    shut = running_case(town, "Celine")
    protected = link(town, shut)
    town.protect("Celine", named=(RAGNHILD,))
    unknown = reverse("doors:invitation", args=["x" * 43])

    answers = [
        getattr(Client(), method)(href)
        for href in (unknown, used, old, withdrawn, ended, protected)
        for method in ("get", "post")
    ]

    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
    assert len({str(sorted(answer.headers.items())) for answer in answers}) == 1
    assert not any(answer.cookies for answer in answers)


def test_a_forwarded_page_opens_for_nobody_else(town: Town, case: PlacementCase) -> None:
    href = link(town, case)
    first = Client()
    page = first.post(href)["Location"]

    assert first.get(page).status_code == 200
    assert Client().get(page).status_code == 404
    assert Client().post(href).status_code == 404
    # Staff have pages of their own.
    assert town.browser(PER).get(page).status_code == 404


def test_a_key_of_another_page_or_a_forged_one_opens_nothing(
    town: Town, case: PlacementCase
) -> None:
    browser, pk = let_in(town, case)
    _, other = let_in(town, running_case(town, "Bohdan"))
    key = browser.cookies["arbeidsgiver"].value

    thief = Client()
    for forged in (key, f"{key}x", key.rsplit(":", 1)[0], "", "x:y:z"):
        thief.cookies["arbeidsgiver"] = forged
        assert page_of(thief, other).status_code == 404
    assert page_of(browser, pk).status_code == 200


def test_the_key_is_kept_from_scripts_and_from_other_pages(town: Town, case: PlacementCase) -> None:
    browser, pk = let_in(town, case)

    cookie = browser.cookies["arbeidsgiver"]

    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["path"] == reverse("doors:employer", args=[pk])
    assert cookie["max-age"] == 30 * 24 * 3600
    assert "sessionid" not in browser.cookies
    assert str(pk) not in cookie.value


def test_the_key_lasts_no_longer_than_the_placement(town: Town) -> None:
    case = running_case(town, last_day=TODAY + timedelta(days=2))

    browser, _pk = let_in(town, case)

    assert browser.cookies["arbeidsgiver"]["max-age"] == 3 * 24 * 3600


def test_in_real_use_the_key_goes_over_https_alone(
    town: Town, case: PlacementCase, settings: Any
) -> None:
    settings.SESSION_COOKIE_SECURE = True

    browser, _ = let_in(town, case)

    assert browser.cookies["__Secure-arbeidsgiver"]["secure"]


def test_the_page_ends_with_the_placement(town: Town, case: PlacementCase, settings: Any) -> None:
    browser, pk = let_in(town, case)
    settings.INNPASS_TODAY = LAST
    assert page_of(browser, pk).status_code == 200

    settings.INNPASS_TODAY = LAST + timedelta(days=1)

    assert page_of(browser, pk).status_code == 404
    assert send(browser, pk, **{"dag-2026-08-31": "all"}).status_code == 404


def test_protection_closes_the_page_at_the_next_click(town: Town, case: PlacementCase) -> None:
    browser, pk = let_in(town, case)
    assert page_of(browser, pk).status_code == 200

    town.protect("Amina", named=(RAGNHILD,))

    answer = page_of(browser, pk)
    assert answer.status_code == 404
    assert "Amina" not in answer.content.decode()
    assert send(browser, pk, **{"dag-2026-06-29": "all", "kode": "1"}).status_code == 404


def test_the_page_can_be_closed_on_a_shared_machine(town: Town, case: PlacementCase) -> None:
    browser, pk = let_in(town, case)

    answer = browser.post(reverse("doors:leave", args=[pk]))

    assert answer.status_code == 200
    assert page_of(browser, pk).status_code == 404


def test_guessing_is_slowed_down_and_who_is_let_in_is_not(town: Town, case: PlacementCase) -> None:
    browser, pk = let_in(town, case)
    fresh = link(town, case)
    guesses = [
        Client().get(reverse("doors:invitation", args=[f"{number:043}"])).status_code
        for number in range(in_vain.MOST + 5)
    ]

    assert guesses == [404] * in_vain.MOST + [429] * 5
    answer = Client().get(fresh)
    assert (answer.status_code, answer["Retry-After"]) == (429, "300")
    assert page_of(browser, pk).status_code == 200
    assert Client(REMOTE_ADDR="192.0.2.7").get(fresh).status_code == 200
    cache.clear()
    assert Client().post(fresh).status_code == 302


# Headers (check 23), methods and forgery (check 26)


def test_no_address_and_no_page_leaves_the_browser(town: Town, case: PlacementCase) -> None:
    href = link(town, case)
    browser = Client()
    answers = [browser.get(href), browser.get(f"{href[:-2]}/"), browser.post(href)]
    answers.append(browser.get(answers[2]["Location"]))

    for answer in answers:
        assert answer["Cache-Control"] == "no-store"
        assert answer["Referrer-Policy"] == "strict-origin"
        assert answer["X-Robots-Tag"] == "noindex, nofollow"
        assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
        assert answer["X-Content-Type-Options"] == "nosniff"
    assert "<script>" not in answers[3].content.decode()


def test_what_is_forged_changes_nothing(town: Town, case: PlacementCase) -> None:
    href = link(town, case)
    strict = Client(enforce_csrf_checks=True)

    assert strict.post(href).status_code == 403
    assert strict.post(href, headers={"Origin": "https://evil.example"}).status_code == 403
    assert Door.objects.get().opened_at is None
    token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', strict.get(href).content.decode())
    assert token
    assert strict.post(href, {"csrfmiddlewaretoken": token[1]}).status_code == 302
    pk = Door.objects.get().pk
    digits = code(town, case, pk)
    sent = {"dag-2026-06-29": "all", "kode": digits}
    assert send(strict, pk, **sent).status_code == 403
    assert strict.get(reverse("doors:confirm", args=[pk]), sent).status_code == 405
    assert strict.get(reverse("doors:leave", args=[pk])).status_code == 405
    assert not ConfirmedDay.objects.exists()


# Confirming


def test_days_are_confirmed_with_a_code(town: Town, case: PlacementCase) -> None:
    browser, pk = let_in(town, case)
    days = {"uke": "2026-W27", "dag-2026-06-29": "all", "dag-2026-06-30": "part"}

    answer = send(browser, pk, **days, kode=code(town, case, pk))

    assert answer.status_code == 302
    assert answer["Location"].endswith("?uke=2026-W27&takk=2")
    shown = browser.get(answer["Location"])
    assert "Svaret for 2 dager er sendt" in shown.content.decode()
    assert shown.content.decode().count("checked") == 2
    # No code is asked for a while.
    assert 'name="kode"' not in shown.content.decode()
    assert send(browser, pk, **{"dag-2026-06-22": "none", "uke": "2026-W26"}).status_code == 302
    assert ConfirmedDay.objects.count() == 3
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        assert 'name="kode"' in page_of(browser, pk).content.decode()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Skriv koden på seks sifre"),
        ("000 00", "En kode har seks sifre"),
        ("000 000", "Koden er feil eller for gammel"),
    ],
)
def test_a_wrong_code_loses_nothing(town: Town, case: PlacementCase, typed: str, said: str) -> None:
    browser, pk = let_in(town, case)
    code(town, case, pk)

    answer = send(browser, pk, **{"dag-2026-06-29": "none", "uke": "2026-W27", "kode": typed})

    html = " ".join(answer.content.decode().split())
    assert answer.status_code == 422
    assert f'id="kode-error">{said}' in html
    assert html.index("data-focus") > html.index('id="kode"')  # a phone shows it, not the top
    assert 'value="none" checked' in html
    assert not ConfirmedDay.objects.exists()


def test_nothing_chosen_is_told_and_uses_no_code_up(town: Town, case: PlacementCase) -> None:
    await_voice(town, case)
    browser, pk = let_in(town, case)
    digits = code(town, case, pk)

    answer = send(browser, pk, uke="2026-W27", kode=digits)

    assert answer.status_code == 422
    assert "minst én dag" in answer.content.decode()
    assert send(browser, pk, **{"dag-2026-06-29": "all"}, kode=digits).status_code == 302


def test_five_wrong_codes_close_the_page(town: Town, case: PlacementCase) -> None:
    browser, pk = let_in(town, case)
    sent = {"dag-2026-06-29": "all", "kode": "000000"}

    answers = [send(browser, pk, **sent).status_code for _ in range(6)]

    assert answers == [422] * 4 + [404] * 2
    assert page_of(browser, pk).status_code == 404
    staff = town.browser(PER).get(reverse("doors:case", args=[case.pk])).content.decode()
    assert "Stengt etter fem feil koder" in staff
    told = town.browser(PER).get(reverse("agreements:case", args=[case.pk])).content.decode()
    assert "Arbeidsgiverens side ble stengt etter fem feil koder" in told


@pytest.mark.parametrize(
    "sent",
    [
        {"dag-2026-06-29": "maybe"},
        {"dag-2026-06-24": "all"},
        {"dag-9999-99-99": "all"},
        {"uke": "\x00", "dag-2026-06-29": "\x00"},
        {"uke": "2026-W99"},
        {"uke": "x" * 5000},
    ],
)
def test_what_makes_no_sense_gets_a_sentence(
    town: Town, case: PlacementCase, sent: dict[str, str]
) -> None:
    browser, pk = let_in(town, case)

    assert send(browser, pk, **sent).status_code == 422
    assert page_of(browser, pk, **{k: v for k, v in sent.items() if k == "uke"}).status_code == 200


def test_what_employers_write_is_no_markup(town: Town) -> None:
    case = running_case(town, tasks="<script>alert(1)</script>", goal_text="<img src=x onerror=1>")
    browser, pk = let_in(town, case)

    html = page_of(browser, pk, takk="<b>").content.decode()

    assert "<script>alert" not in html
    assert "<img src=x" not in html


# The voice


def say(browser: Client, pk: UUID, **data: str) -> Any:
    return browser.post(reverse("doors:speak", args=[pk]), data)


def await_voice(town: Town, case: PlacementCase) -> None:
    follow_up.book(case, VisitKind.EVALUATION, TODAY, by=town.actor(PER), on=TODAY)


def test_a_voice_that_no_visit_waits_for_books_none(town: Town, case: PlacementCase) -> None:
    browser, pk = let_in(town, case)

    answer = say(browser, pk, tekst="Blid og presis.", kode=code(town, case, pk))

    html = answer.content.decode()
    before = browser.get(reverse("doors:employer", args=[pk])).content.decode()
    assert "svar-tasks" not in before
    assert "når et besøk hos dere er avtalt eller holdt" in before
    assert answer.status_code == 422
    assert "Ingen besøk venter på svar fra dere nå" in html
    assert "Blid og presis." in html
    assert not EvaluationVisit.objects.exists()


def test_the_employer_gives_a_voice_with_a_code(town: Town, case: PlacementCase) -> None:
    await_voice(town, case)
    browser, pk = let_in(town, case)
    answers = {"svar-tasks": "well", "svar-language": "partly", "svar-job": "well"}

    answer = say(browser, pk, **answers, tekst="Blid og presis.", kode=code(town, case, pk))

    assert answer.status_code == 302
    assert "Det du sa, er sendt" in browser.get(answer["Location"]).content.decode()
    voice = Voice.objects.get()
    assert (voice.visit.case, voice.speaker, voice.given_by) == (case, "employer", "door")
    assert (voice.answers, voice.norwegian) == ({"tasks": "well", "job": "well"}, "partly")
    assert (voice.text, voice.written_by) == ("Blid og presis.", None)


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"kode": "right"}, "Velg minst ett svar"),
        ({"svar-tasks": "well"}, "Skriv koden på seks sifre"),
        ({"svar-tasks": "well", "kode": "12345"}, "En kode har seks sifre"),
        ({"tekst": "Nummeret er 17838800033", "kode": "right"}, "fødselsnummer"),
    ],
)
def test_a_voice_that_is_not_kept_is_not_lost(
    town: Town, case: PlacementCase, sent: dict[str, str], said: str
) -> None:
    await_voice(town, case)
    browser, pk = let_in(town, case)
    digits = code(town, case, pk)
    right = {key: digits if value == "right" else value for key, value in sent.items()}

    answer = say(browser, pk, **right)

    html = " ".join(answer.content.decode().split())
    assert answer.status_code == 422
    assert said in html
    if "svar-tasks" in sent:
        assert 'name="svar-tasks" value="well" checked' in html
    assert sent.get("tekst", "") in html
    assert not Voice.objects.exists()


def test_nobody_speaks_without_a_key(town: Town, case: PlacementCase) -> None:
    _browser, pk = let_in(town, case)

    assert say(Client(), pk, **{"svar-tasks": "well"}).status_code == 404


def test_the_page_asks_a_fixed_number_of_questions(
    town: Town, case: PlacementCase, django_assert_max_num_queries: Any
) -> None:
    browser, pk = let_in(town, case)
    page_of(browser, pk)

    with django_assert_max_num_queries(30):
        page_of(browser, pk)


def test_tries_are_counted_down_and_whom_to_ring_is_told_in_that_browser_alone(
    town: Town, case: PlacementCase
) -> None:
    browser, pk = let_in(town, case)
    days = {"dag-2026-06-29": "none", "uke": "2026-W27"}
    code(town, case, pk)

    send(browser, pk, **days, kode="12 34")
    assert Door.objects.get(pk=pk).wrong_tries == 0
    said = [unescape(send(browser, pk, **days, kode="none 0").content.decode())]
    said += [unescape(send(browser, pk, **days, kode="000000").content.decode()) for _ in range(5)]

    assert "Du har 4 forsøk igjen" in said[1]
    assert "Du har 1 forsøk igjen" in said[4]
    assert "Siden er stengt" in said[5]
    again, other = page_of(browser, pk), page_of(Client(), pk)
    assert (again.status_code, other.status_code) == (404, 404)
    assert "40 00 00 00" in again.content.decode()
    assert "Amina" not in again.content.decode()
    assert "40 00 00 00" not in other.content.decode()
    assert "Her er det ikke noe å se" in other.content.decode()
    town.protect("Amina", by=KARI, named=(PER,))
    assert "40 00 00 00" not in page_of(browser, pk).content.decode()


def test_somebody_who_did_not_come_is_to_be_seen_to_until_attendance_is_noted(
    town: Town, case: PlacementCase
) -> None:
    browser, pk = let_in(town, case)
    send(browser, pk, kode=code(town, case, pk), uke="2026-W27", **{"dag-2026-06-29": "none"})
    board = reverse("follow_up:list", args=["venter"])
    person = reverse("follow_up:person", args=[case.participant_id])

    def pages() -> list[bool]:
        seen = [town.browser(PER).get(href).content.decode() for href in (board, person)]
        return ["/?dag=2026-06-29" in each and "Kom ikke" in each for each in seen]

    assert pages() == [True, True]
    Attendance.objects.create(
        municipality=town.municipality,
        participant=case.participant,
        on=MONDAY,
        start=480,
        end=900,
        part="practice",
        name=case.employer.name,
        employer=case.employer,
        counted_minutes=420,
        absent_minutes=420,
    )
    assert pages() == [False, False]

"""A button pressed twice: what is sent a second time finds what the first one made, and says so."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from innpass.casework.follow_up import services
from innpass.casework.follow_up.models import (
    EmploymentContract,
    EvaluationVisit,
    JobSeekingLine,
    MissingForHire,
)
from innpass.domain.following.visits import VisitKind
from tests.casework.follow_up.staying import UNIT, ago, followed_case
from tests.casework.reconciliation.importing import TODAY
from tests.factories.cast import ODD, PER, Town

JOB = {"kind": "firm_visit", "day": "29.06.2026", "employer": "Kiwi", "text": "Snakket med leder"}
LACK = {"kind": "skill", "text": "Kasse", "owner": "employer", "due": "01.08.2026"}
CONTRACT = {
    "employer": UNIT,
    "kind": "permanent",
    "percent": "80",
    "first_day": "01.07.2026",
    "ends_case": "yes",
}


def send(town: Town, name: str, data: dict[str, str], *, who: str = PER) -> int:
    href = reverse(f"follow_up:{name}", args=[town.people("Amina").pk])
    return town.browser(who).post(href, data).status_code


@pytest.mark.parametrize(
    ("name", "data", "rows"),
    [
        ("job_seeking", JOB, JobSeekingLine),
        ("name_missing", LACK, MissingForHire),
        ("contract", CONTRACT, EmploymentContract),
    ],
)
def test_what_is_sent_twice_is_noted_once(
    town: Town, name: str, data: dict[str, str], rows: Any
) -> None:
    followed_case(town)

    assert [send(town, name, data), send(town, name, data)] == [302, 302]
    assert rows.objects.count() == 1


def test_another_hand_or_another_minute_is_another_line(town: Town) -> None:
    send(town, "job_seeking", JOB)
    send(town, "job_seeking", JOB, who=ODD)
    JobSeekingLine.objects.update(noted_at=timezone.now() - timedelta(minutes=2))
    send(town, "job_seeking", JOB)
    send(town, "name_missing", LACK)
    send(town, "name_missing", {**LACK, "text": "Truck"})

    assert JobSeekingLine.objects.count() == 3
    assert MissingForHire.objects.count() == 2


def test_a_day_that_is_agreed_twice_is_agreed_once_and_given_up_once(town: Town) -> None:
    case, browser = followed_case(town), town.browser(PER)
    href = reverse("follow_up:new_visit", args=[town.people("Amina").pk, case.pk, "evaluation"])
    booking = {"act": "book", "book-day": "03.07.2026", "version": "0"}

    assert [browser.post(href, booking).status_code for _ in range(2)] == [302, 302]
    visit = EvaluationVisit.objects.get()
    off = reverse("follow_up:call_off", args=[visit.pk])
    sent = {"because": "Ferie", "version": "1"}
    assert [browser.post(off, sent).status_code for _ in range(2)] == [302, 302]
    visit.refresh_from_db()
    assert (visit.called_off_on, visit.version) == (TODAY, 2)


def test_what_is_closed_twice_is_closed_once_and_by_one(town: Town) -> None:
    send(town, "name_missing", LACK)
    row = MissingForHire.objects.get()
    href = reverse("follow_up:missing", args=[row.pk])
    close = {"act": "close", "close-closed": "done", "version": "1"}

    again = [town.browser(PER).post(href, close).status_code for _ in range(2)]
    other = town.browser(ODD).post(href, {**close, "close-closed": "given_up", "version": "2"})

    assert (again, other.status_code) == ([302, 302], 409)
    row.refresh_from_db()
    assert (row.closed, row.version) == ("done", 2)


def test_who_sees_to_it_is_said_twice_and_so_is_an_answer(town: Town) -> None:
    send(town, "name_missing", LACK)
    send(town, "job_seeking", {**JOB, "kind": "application"})
    browser = town.browser(PER)
    owner = reverse("follow_up:missing", args=[MissingForHire.objects.get().pk])
    reply = reverse("follow_up:reply", args=[JobSeekingLine.objects.get().pk])

    for href, data in (
        (owner, {"owner": "teacher", "owner_name": "", "due": "", "version": "1"}),
        (reply, {"reply": "offer", "version": "1"}),
    ):
        assert [browser.post(href, data).status_code for _ in range(2)] == [302, 302]
    assert MissingForHire.objects.get().version == JobSeekingLine.objects.get().version == 2


def test_whoever_then_says_that_the_placement_ends_is_told_that_it_is_noted(town: Town) -> None:
    followed_case(town)

    goes_on = send(town, "contract", {**CONTRACT, "ends_case": "no"})
    ends = send(town, "contract", CONTRACT)

    assert (goes_on, ends) == (302, 422)


def test_a_visit_booked_for_another_day_is_moved_by_a_known_version(town: Town) -> None:
    case, per = followed_case(town), town.actor(PER)
    booked = services.book(case, VisitKind.EVALUATION, ago(-3), by=per, on=TODAY)

    again = services.book(case, VisitKind.EVALUATION, ago(-3), by=per, on=TODAY)
    moved = services.book(case, VisitKind.EVALUATION, ago(-4), by=per, on=TODAY, expected=1)

    assert (booked.pk, moved.booked_for) == (again.pk, ago(-4))

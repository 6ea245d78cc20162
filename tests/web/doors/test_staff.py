"""The staff's page of an employer's ways in."""

import json
import re
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from innpass.casework.agreements.models import PlacementCase
from innpass.casework.audit.models import AuditEvent, ReadEvent
from innpass.casework.doors.models import Door, DoorCode
from innpass.casework.organisations.services import set_reach
from tests.casework.doors.letting_in import running_case
from tests.factories.cast import LIV, ODD, PER, RAGNHILD, Town

pytestmark = pytest.mark.django_db

_LINK = re.compile(r'value="(http://testserver/arbeidsgiver/inn/[\w-]{43}/)"')
_CODE = re.compile(r'door-code-digits">(\d{3} \d{3})<')


@pytest.fixture
def case(town: Town) -> PlacementCase:
    return running_case(town)


def at(name: str, *args: UUID) -> str:
    return reverse(f"doors:{name}", args=list(args))


def made(town: Town, case: PlacementCase) -> str:
    answer = town.browser(PER).post(at("make", case.pk), {"for": "leader"})
    found = _LINK.search(answer.content.decode())
    assert answer["Cache-Control"] == "no-store"
    assert found
    return found[1]


def test_a_link_is_shown_once_and_its_state_told(town: Town, case: PlacementCase) -> None:
    href = made(town, case)
    page = at("case", case.pk)

    shown = town.browser(PER).get(page).content.decode()
    assert href not in shown
    assert _row(town, page) == ("Leder", "Laget, ikke åpnet")
    Client().post(href)
    assert _row(town, page) == ("Leder", "Åpen")
    assert "Åpnet" in town.browser(PER).get(page).content.decode()
    town.browser(PER).post(at("withdraw", case.pk, Door.objects.get().pk))
    assert _row(town, page) == ("Leder", "Stengt")
    assert ReadEvent.objects.filter(page="employer_door").count() == 5


def test_a_link_just_made_is_copied_by_a_button(town: Town, case: PlacementCase) -> None:
    shown = town.browser(PER).post(at("make", case.pk), {"for": "leader"}).content.decode()
    again = town.browser(PER).get(at("case", case.pk)).content.decode()

    assert 'data-copy="made-link"' in shown
    assert 'id="made-link"' in shown
    assert "data-copy" not in again


def test_the_contact_persons_work_phone_is_what_the_employer_rings(town: Town) -> None:
    supervisor = town.users[PER]
    case = running_case(town, contacts={"supervisor": {"name": str(supervisor)}})
    before = town.browser(PER).get(at("case", case.pk)).content.decode()
    assert f"{supervisor} har ingen arbeidstelefon i Innpass" in before

    set_reach(supervisor, phone="400 00 106", email="per@fjordvik.example", by=None)

    after = town.browser(PER).get(at("case", case.pk)).content.decode()
    assert "ingen arbeidstelefon" not in after
    outside = Client()
    outside.post(made(town, case))
    seen = outside.get(at("employer", Door.objects.get().pk)).content.decode()
    assert 'href="tel:40000106"' in seen
    assert 'href="mailto:per@fjordvik.example"' in seen


def _row(town: Town, page: str) -> tuple[str, str]:
    (row,) = town.browser(PER).get(page).context["page"].rows
    return row.holder, row.state


def test_a_code_is_shown_once_for_a_link_that_is_open(town: Town, case: PlacementCase) -> None:
    href = made(town, case)
    door = Door.objects.get()
    answer = town.browser(PER).post(at("code", case.pk, door.pk))
    assert answer.status_code == 422
    Client().post(href)

    answer = town.browser(PER).post(at("code", case.pk, door.pk))

    found = _CODE.search(answer.content.decode())
    assert found
    assert "Gi koden på telefon" in answer.content.decode()
    assert found[1] not in town.browser(PER).get(at("case", case.pk)).content.decode()
    assert "nummer" not in answer.content.decode().split("<main")[1].split("Trekk")[0]


def test_a_code_goes_to_a_phone_where_there_is_a_gateway(
    town: Town, case: PlacementCase, settings: Any, tmp_path: Path
) -> None:
    settings.INNPASS_SMS_GATEWAY = f"file:{tmp_path / 'sms'}"
    Client().post(made(town, case))
    href = at("code", case.pk, Door.objects.get().pk)

    answer = town.browser(PER).post(href, {"nummer": "400 00 000"})

    html = answer.content.decode()
    assert "Koden er sendt på SMS til 40000000" in html
    assert not _CODE.search(html)
    (line,) = (tmp_path / "sms").read_text("utf-8").splitlines()
    message = json.loads(line)
    assert message["to"] == "40000000"
    assert re.search(r"Koden din er \d{6}\. Den gjelder i 10 minutter", message["text"])
    assert "Amina" not in line
    assert "40000000" not in str(list(AuditEvent.objects.values_list("changes", flat=True)))


@pytest.mark.parametrize("typed", ["12", "telefon", "+1", "4000000000000000000"])
def test_what_is_no_number_is_told_and_makes_no_code(
    town: Town, case: PlacementCase, settings: Any, tmp_path: Path, typed: str
) -> None:
    settings.INNPASS_SMS_GATEWAY = f"file:{tmp_path / 'sms'}"
    Client().post(made(town, case))

    answer = town.browser(PER).post(at("code", case.pk, Door.objects.get().pk), {"nummer": typed})

    assert answer.status_code == 422
    assert "åtte sifre" in answer.content.decode()
    assert not DoorCode.objects.exists()


@pytest.mark.parametrize(
    ("gateway", "token"),
    [
        ("file:/", ""),  # a folder takes no message
        ("https://a..b/", ""),
        ("https://127.0.0.1:9/", "abc\n"),
        ("https://127.0.0.1:9/", "\u20ac"),
    ],
)
def test_a_gateway_that_fails_leaves_the_code_on_the_screen(
    town: Town, case: PlacementCase, settings: Any, gateway: str, token: str
) -> None:
    settings.INNPASS_SMS_GATEWAY, settings.INNPASS_SMS_TOKEN = gateway, token
    Client().post(made(town, case))

    answer = town.browser(PER).post(
        at("code", case.pk, Door.objects.get().pk), {"nummer": "40000000"}
    )

    assert "Meldingen ble ikke sendt" in answer.content.decode()
    assert _CODE.search(answer.content.decode())


def test_somebody_must_be_named_for_whom_it_is(town: Town, case: PlacementCase) -> None:
    answer = town.browser(PER).post(at("make", case.pk), {"for": "naboen"})

    assert answer.status_code == 422
    assert "Velg hvem" in answer.content.decode()
    assert not Door.objects.exists()


@pytest.mark.parametrize("name", [LIV, ODD])
def test_others_of_the_team_read_and_do_nothing(town: Town, case: PlacementCase, name: str) -> None:
    made(town, case)

    answer = town.browser(name).get(at("case", case.pk))

    assert answer.status_code == 200
    assert "<form" not in answer.content.decode().split("<main")[1]
    assert town.browser(name).post(at("make", case.pk), {"for": "leader"}).status_code == 403


def test_a_protected_person_is_refused_with_a_sentence(town: Town, case: PlacementCase) -> None:
    made(town, case)
    town.protect("Amina", named=(RAGNHILD,))

    assert town.browser(PER).get(at("case", case.pk)).status_code == 404
    answer = town.browser(RAGNHILD).post(at("make", case.pk), {"for": "leader"})
    assert answer.status_code == 422
    html = answer.content.decode()
    assert "Adressen er beskyttet. Da kan arbeidsgiveren ikke få noen lenke." in html
    assert "Stengt fordi adressen ble beskyttet" in html

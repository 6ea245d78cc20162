"""Who signed in, who signed out, and who tried in vain."""

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from django_scopes import scopes_disabled

from innpass.casework.accounts.models import User
from innpass.casework.audit.models import AuditEvent
from innpass.casework.organisations.models import Membership, Municipality
from innpass.casework.organisations.services import add_user, make_municipality

pytestmark = pytest.mark.django_db
PASSWORD = "riktig hest batteri stift"


@pytest.fixture(autouse=True)
def _nobody_tried_before() -> None:
    """Forget the attempts of other tests, which the lock-out counts."""
    cache.clear()


def _events() -> list[str]:
    return list(
        AuditEvent.objects.filter(action__startswith="sign_")
        .order_by("at")
        .values_list("action", flat=True)
    )


def test_signing_in_and_out_stand_in_the_log(client: Client) -> None:
    user = add_user(username="ragnhild", full_name="Ragnhild Moe", password=PASSWORD, by=None)

    client.post("/logg-inn/", {"login": "ragnhild", "password": PASSWORD})
    client.post("/logg-ut/")

    assert _events() == ["sign_in", "sign_out"]
    assert set(AuditEvent.objects.filter(action="sign_in").values_list("actor_id", flat=True)) == {
        user.pk
    }


def test_trying_in_vain_stands_in_the_log_without_what_was_typed(client: Client) -> None:
    client.post("/logg-inn/", {"login": "05868412345", "password": "feil"})

    event = AuditEvent.objects.get(action="sign_in_failed")
    assert event.subject_id is None
    assert "05868412345" not in str(event.__dict__)


def test_a_user_is_added_with_a_role(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    make_municipality(name="Lillevik", by=None)
    monkeypatch.setattr("sys.stdin", _Lines(PASSWORD))

    call_command(
        "add_user", "kari", name="Kari Lunde", role="programme_adviser", password_from_stdin=True
    )

    assert User.objects.get(username="kari").check_password(PASSWORD)
    assert "programrådgiver i Lillevik" in capsys.readouterr().out


def test_the_phone_that_employers_ring_is_set_later_too(monkeypatch: pytest.MonkeyPatch) -> None:
    make_municipality(name="Lillevik", by=None)
    monkeypatch.setattr("sys.stdin", _Lines(PASSWORD))
    call_command("add_user", "kari", role="programme_adviser", password_from_stdin=True)

    call_command(
        "add_user", "kari", role="programme_adviser", phone="400 00 101", email="k@l.example"
    )

    kari = User.objects.get(username="kari")
    assert (kari.phone, kari.email) == ("400 00 101", "k@l.example")
    with scopes_disabled():
        assert Membership.objects.filter(user=kari).count() == 1


def test_a_short_password_is_refused_in_norwegian_and_nothing_is_stored(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    make_municipality(name="Lillevik", by=None)
    monkeypatch.setattr("sys.stdin", _Lines("kort"))

    with pytest.raises(SystemExit) as stopped:
        call_command("add_user", "kari", role="teacher", password_from_stdin=True)

    assert stopped.value.code == 2
    assert "Passordet er for kort" in capsys.readouterr().err
    assert not User.objects.exists()
    assert Municipality.objects.count() == 1


class _Lines:
    """Standard input with one line."""

    def __init__(self, line: str) -> None:
        self.line = line

    def readline(self) -> str:
        return f"{self.line}\n"

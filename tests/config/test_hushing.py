"""No log holds the secret of a subscription, whoever writes the line."""

import logging

import pytest
from django.conf import settings
from django.test import Client

from innpass.config.hushing import Hush

SECRET = "Xy-12_" * 7
PATH = f"/kalender/abonnement/{SECRET}.ics"


@pytest.mark.parametrize(
    ("message", "arguments"),
    [
        ("Not Found: %s", (PATH,)),
        ('"%s" %s %s', (f"GET {PATH}?x=1 HTTP/1.1", "404", "0")),
        (f"Internal Server Error: {PATH}", ()),
        ("%(path)s took %(seconds).1f s", ({"path": PATH, "seconds": 1.25},)),
        ("%d bytes from %s", (7, PATH)),
    ],
)
def test_a_line_keeps_its_form_and_not_the_secret(message: str, arguments: tuple) -> None:
    record = logging.LogRecord("x", logging.INFO, "", 1, message, arguments, None)

    assert Hush().filter(record)

    line = record.getMessage()
    assert SECRET not in line
    assert "/kalender/abonnement/…" in line


def test_the_secret_in_an_employer_s_link_is_hushed_too() -> None:
    line = f'"POST /arbeidsgiver/inn/{SECRET}/ HTTP/1.1" 302 0'
    record = logging.LogRecord("x", logging.INFO, "", 1, "%s", (line,), None)

    assert Hush().filter(record)

    assert SECRET not in record.getMessage()
    assert "/arbeidsgiver/inn/… HTTP/1.1" in record.getMessage()


@pytest.mark.django_db
def test_what_django_tells_of_an_unknown_address_passes_the_filter(
    caplog: pytest.LogCaptureFixture,
) -> None:
    hush = Hush()
    caplog.handler.addFilter(hush)
    logging.getLogger("django").addHandler(caplog.handler)
    try:
        answers = [Client().get(path) for path in (PATH, f"{PATH}/mer", f"{PATH} x")]
    finally:
        logging.getLogger("django").removeHandler(caplog.handler)
        caplog.handler.removeFilter(hush)

    assert {answer.status_code for answer in answers} <= {302, 404}
    assert caplog.text
    assert SECRET not in caplog.text
    assert settings.LOGGING["handlers"]["stderr"]["filters"] == ["hush"]

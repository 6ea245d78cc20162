"""Sending a code to a phone, where the municipality has a gateway (INNPASS_SMS_GATEWAY)."""

import re

from django.conf import settings

from innpass.exchange.messages import NoGateway, NotSent, can_send, send_message

# Eight digits, or a country before more of them; spaces are how people write it.
_NUMBER = re.compile(r"\d{8}|\+\d{8,15}")


class NoSuchNumber(ValueError):
    """What was typed is no number to send to."""


def takes_numbers() -> bool:
    """Say whether codes can be sent to phones from here."""
    return can_send(settings.INNPASS_SMS_GATEWAY)


def phone_number(typed: str) -> str:
    """Return a number as it is sent to.

    Raises:
        NoSuchNumber: it is none.
    """
    number = re.sub(r"[\s-]", "", typed)
    if not _NUMBER.fullmatch(number):
        raise NoSuchNumber(typed)
    return number


def send_code(digits: str, *, to: str) -> bool:
    """Send a code; say whether it was taken. The number is not kept."""
    text = f"Innpass: Koden din er {digits}. Den gjelder i 10 minutter. Gi den ikke videre."
    try:
        send_message(
            text,
            to=to,
            gateway=settings.INNPASS_SMS_GATEWAY,
            token=settings.INNPASS_SMS_TOKEN,
        )
    except (NoGateway, NotSent):
        return False
    return True

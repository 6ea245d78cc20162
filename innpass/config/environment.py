"""What Innpass takes from the environment: typed and checked, all faults told at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, cast

import dj_database_url
from environs import Env, EnvValidationError

from innpass.exchange.messages import is_known, is_token

DATABASES_KNOWN = ("sqlite", "postgresql")
# How the values that have a form are written; others are text as they stand.
FORMS = {
    "INNPASS_TODAY": "Skriv dagen som ÅÅÅÅ-MM-DD.",
    "INNPASS_TRUSTED_PROXIES": "Skriv et helt tall.",
}


class UnsafeSettings(Exception):
    """The environment cannot be used; ``sentences`` say why, one per fault."""

    def __init__(self, sentences: list[str]) -> None:
        super().__init__("\n".join(sentences))
        self.sentences = sentences


@dataclass(frozen=True, slots=True)
class Environment:
    """The values of the environment; an empty text or ``None`` where nothing was given."""

    database_url: str
    secret_key: str
    keys_file: Path | None
    allowed_hosts: list[str]
    today: date | None
    static_root: Path
    trusted_proxies: int
    sms_gateway: str = "none"
    sms_token: str = ""


def read_environment() -> Environment:
    """Read the ``INNPASS_`` variables.

    Raises:
        UnsafeSettings: one or more values have the wrong form; all of them are named.
    """
    env = Env(eager=False, prefix="INNPASS_")
    keys_file = env.str("KEYS_FILE", "")
    found = Environment(
        database_url=env.str("DATABASE_URL", ""),
        secret_key=env.str("SECRET_KEY", ""),
        keys_file=Path(keys_file) if keys_file else None,
        allowed_hosts=env.list("ALLOWED_HOSTS", []),
        today=env.date("TODAY", None),
        static_root=Path(env.str("STATIC_ROOT", "staticfiles")).resolve(),
        trusted_proxies=env.int("TRUSTED_PROXIES", 0),
        sms_gateway=env.str("SMS_GATEWAY", "none").strip(),
        sms_token=env.str("SMS_TOKEN", "").strip(),
    )
    sentences = []
    try:
        env.seal()
    except EnvValidationError as error:
        told = cast(Mapping[str, list[str]], error.error_messages)
        sentences += [f"{name} kan ikke leses. {FORMS[name]}" for name in told]
    if not is_known(found.sms_gateway):
        sentences.append(
            "INNPASS_SMS_GATEWAY må være none, en adresse med https:// og uten navn og passord, "
            "eller file: og en fil."
        )
    if not is_token(found.sms_token):
        sentences.append(
            "INNPASS_SMS_TOKEN kan bare ha tegn fra ASCII, uten mellomrom og linjeskift."
        )
    if found.database_url and not is_database_url(found.database_url):
        sentences.append(
            "INNPASS_DATABASE_URL må begynne med sqlite:/// eller postgresql:// "
            "og oppgi en database."
        )
    if sentences:
        raise UnsafeSettings(sentences)
    return found


def is_database_url(text: str) -> bool:
    """Say whether ``text`` names a database of one of the two kinds Innpass runs on."""
    scheme, separator, rest = text.partition("://")
    return bool(separator) and scheme in DATABASES_KNOWN and bool(rest.strip("/"))


def database(url: str) -> dict[str, Any]:
    """Turn a database URL into Django's settings, with what each kind of database needs."""
    settings: dict[str, Any] = dict(dj_database_url.parse(url))
    settings["CONN_MAX_AGE"] = 600
    if settings["ENGINE"].endswith("sqlite3"):
        settings["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; "
                "PRAGMA temp_store=MEMORY; PRAGMA journal_size_limit=67108864;"
            ),
        }
    else:
        settings["CONN_HEALTH_CHECKS"] = True
    return settings

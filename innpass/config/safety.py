"""What makes an environment unfit for real use.

What only shows when the values are used (a key file of another database, a database with unsafe
settings) is found by the system checks, which also run when the server starts.
"""

from collections.abc import Iterator

from innpass.config.environment import Environment

SECRET_KEY_LENGTH = 50


def faults(environment: Environment) -> list[str]:
    """Return one sentence for each unsafe or missing value; none means that all is well."""
    return list(_faults(environment))


def _faults(environment: Environment) -> Iterator[str]:
    if not environment.database_url:
        yield "INNPASS_DATABASE_URL mangler. Oppgi databasen, postgresql://… eller sqlite:///…."
    yield from _secret_key_faults(environment.secret_key)
    if environment.keys_file is None:
        yield (
            "INNPASS_KEYS_FILE mangler. Oppgi filen med nøklene til fødselsnumrene. "
            "Du lager den med «innpass create_keys FIL»."
        )
    if not environment.allowed_hosts:
        yield "INNPASS_ALLOWED_HOSTS mangler. Oppgi vertsnavnene som Innpass svarer på."
    if any("*" in host or host.startswith(".") for host in environment.allowed_hosts):
        yield "INNPASS_ALLOWED_HOSTS har et jokertegn. Skriv hvert vertsnavn helt ut."
    if environment.today is not None:
        yield "INNPASS_TODAY er satt. Klokken kan bare stilles i tester og i demoen."
    if environment.trusted_proxies < 0:
        yield "INNPASS_TRUSTED_PROXIES er negativ. Oppgi hvor mange mellomtjenere som står foran."


def _secret_key_faults(key: str) -> Iterator[str]:
    if not key:
        yield "INNPASS_SECRET_KEY mangler. Lag en på minst 50 tilfeldige tegn."
    elif len(key) < SECRET_KEY_LENGTH or len(set(key)) < 10 or key.startswith("django-insecure"):
        yield "INNPASS_SECRET_KEY er for lett å gjette. Bruk minst 50 tilfeldige tegn."

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
        yield "INNPASS_DATABASE_URL is missing: name the database, postgresql://… or sqlite:///…."
    yield from _secret_key_faults(environment.secret_key)
    if environment.keys_file is None:
        yield (
            "INNPASS_KEYS_FILE is missing: name the file with the keys for identity numbers, "
            "made by 'innpass create_keys FILE'."
        )
    if not environment.allowed_hosts:
        yield "INNPASS_ALLOWED_HOSTS is missing: name the hosts that Innpass answers as."
    if any("*" in host or host.startswith(".") for host in environment.allowed_hosts):
        yield "INNPASS_ALLOWED_HOSTS has a wildcard: name each host in full."
    if environment.today is not None:
        yield "INNPASS_TODAY is set: the clock may be pinned in tests and demos only."
    if environment.trusted_proxies < 0:
        yield "INNPASS_TRUSTED_PROXIES is negative: give the number of proxies in front."


def _secret_key_faults(key: str) -> Iterator[str]:
    if not key:
        yield "INNPASS_SECRET_KEY is missing: make one of at least 50 random characters."
    elif len(key) < SECRET_KEY_LENGTH or len(set(key)) < 10 or key.startswith("django-insecure"):
        yield "INNPASS_SECRET_KEY is too easy to guess: use at least 50 random characters."

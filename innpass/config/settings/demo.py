"""For the demo: invented people on this machine only, its own folder, sign-in by a click."""

import os
from datetime import date
from pathlib import Path

from django.core.management.utils import get_random_secret_key

from innpass.config.environment import database
from innpass.config.settings.base import *
from innpass.config.settings.base import INSTALLED_APPS, environment

INNPASS_DEMO_FOLDER = Path("var/demo").resolve()
INNPASS_DEMO_FOLDER.mkdir(parents=True, exist_ok=True)


def _secret_key() -> str:
    """Make the demo's own key once; it signs cookies on this machine only."""
    file = INNPASS_DEMO_FOLDER / "secret_key"
    if not file.exists():
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT, 0o600), "w") as writing:
            writing.write(get_random_secret_key())
    return file.read_text()


SECRET_KEY = environment.secret_key or _secret_key()
INNPASS_KEYS_FILE = environment.keys_file or INNPASS_DEMO_FOLDER / "keys.json"
ALLOWED_HOSTS = environment.allowed_hosts or ["127.0.0.1", "localhost", "[::1]"]
INSTALLED_APPS = ["innpass.demo", *INSTALLED_APPS]
DATABASES = {
    "default": database(
        environment.database_url or f"sqlite:///{INNPASS_DEMO_FOLDER / 'innpass.sqlite3'}"
    )
}
# The sample municipality was written on this day; on any other, most of its people have ended.
INNPASS_TODAY = environment.today or date(2026, 6, 30)
STATIC_ROOT = INNPASS_DEMO_FOLDER / "static"

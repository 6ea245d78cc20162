"""For developing: readable errors, no certificate, a database file beside the code."""

from innpass.config.environment import database
from innpass.config.settings.base import *
from innpass.config.settings.base import INSTALLED_APPS, PACKAGE, environment
from innpass.exchange.sealing.keyring import create_key_file

_VAR = PACKAGE.parent / "var"
_VAR.mkdir(exist_ok=True)

DEBUG = True
SECRET_KEY = environment.secret_key or "only-for-developing"
INNPASS_KEYS_FILE = environment.keys_file or _VAR / "dev-keys.json"
if not INNPASS_KEYS_FILE.exists():
    create_key_file(INNPASS_KEYS_FILE)
ALLOWED_HOSTS = environment.allowed_hosts or ["127.0.0.1", "localhost", "[::1]"]
DATABASES = {"default": database(environment.database_url or f"sqlite:///{_VAR / 'dev.sqlite3'}")}
INSTALLED_APPS = ["innpass.demo", *INSTALLED_APPS]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

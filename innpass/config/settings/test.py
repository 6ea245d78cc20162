"""For the tests: throwaway database and keys, plain static files, quick passwords."""

import atexit
import shutil
import tempfile
from pathlib import Path

from innpass.config.environment import database
from innpass.config.settings.base import *
from innpass.config.settings.base import INSTALLED_APPS, environment
from innpass.exchange.sealing.keyring import create_key_file

INNPASS_TEST_FOLDER = Path(tempfile.mkdtemp(prefix="innpass-test-"))
atexit.register(shutil.rmtree, INNPASS_TEST_FOLDER, ignore_errors=True)

SECRET_KEY = environment.secret_key or "only-for-testing"
INNPASS_KEYS_FILE = environment.keys_file or INNPASS_TEST_FOLDER / "keys.json"
if not INNPASS_KEYS_FILE.exists():
    create_key_file(INNPASS_KEYS_FILE)
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
INSTALLED_APPS = ["innpass.demo", *INSTALLED_APPS]
DATABASES = {
    "default": database(environment.database_url or f"sqlite:///{INNPASS_TEST_FOLDER / 'main'}")
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, as in use: in memory, threads would share one connection and WAL would not exist.
    DATABASES["default"]["TEST"] = {"NAME": str(INNPASS_TEST_FOLDER / "test.sqlite3")}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True

"""The web server's way in."""

import os

from django.core.checks import Error
from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application
from django.db import connections

from innpass.config.checks import sqlite_is_safe

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "innpass.config.settings.prod")
application = get_wsgi_application()

_faults = [found for found in sqlite_is_safe(None, list(connections)) if isinstance(found, Error)]
connections.close_all()
if _faults:
    raise ImproperlyConfigured(" ".join(found.msg for found in _faults))

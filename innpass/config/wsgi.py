"""The web server's way in."""

import gc
import os

from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application
from django.db import connections

from innpass.config.checks import start_faults

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "innpass.config.settings.prod")
application = get_wsgi_application()

if _faults := start_faults():
    raise ImproperlyConfigured("\n".join(_faults))
connections.close_all()

# What is loaded by now lives as long as the server; looking through it again and again for rubbish
# only makes some requests slow.
gc.collect()
gc.freeze()

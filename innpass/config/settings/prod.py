"""For real use: everything from the environment, and no start with an unsafe value."""

from innpass.config.environment import UnsafeSettings, database
from innpass.config.safety import faults
from innpass.config.settings.base import *
from innpass.config.settings.base import environment

if _faults := faults(environment):
    raise UnsafeSettings(_faults)

DATABASES = {"default": database(environment.database_url)}

SECURE_SSL_REDIRECT = True
# Subdomains and preload lists are the municipality's own choice, not ours.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-sessionid"
CSRF_COOKIE_NAME = "__Host-csrftoken"
if environment.trusted_proxies:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

"""What holds everywhere."""

from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF

from innpass.config.environment import read_environment

PACKAGE = Path(__file__).resolve().parent.parent.parent

environment = read_environment()

SECRET_KEY = environment.secret_key
INNPASS_KEYS_FILE = environment.keys_file
INNPASS_TODAY = environment.today
INNPASS_SMS_GATEWAY = environment.sms_gateway
INNPASS_SMS_TOKEN = environment.sms_token
ALLOWED_HOSTS = environment.allowed_hosts
DEBUG = False

INSTALLED_APPS = [
    "innpass.config",
    "innpass.casework.sealing",
    "innpass.casework.audit",
    "innpass.casework.accounts",
    "innpass.casework.organisations",
    "innpass.casework.jobs",
    "innpass.casework.drafts",
    "innpass.casework.imports",
    "innpass.casework.participants",
    "innpass.casework.plans",
    "innpass.casework.programme",
    "innpass.casework.training",
    "innpass.casework.placements",
    "innpass.casework.timetable",
    "innpass.casework.intake",
    "innpass.casework.employers",
    "innpass.casework.outreach",
    "innpass.casework.reconciliation",
    "innpass.casework.overview",
    "innpass.casework.results",
    "innpass.casework.inspection",
    "innpass.casework.exports",
    "innpass.casework.round_trip",
    "innpass.casework.agreements",
    "innpass.casework.matching",
    "innpass.casework.follow_up",
    "innpass.casework.doors",
    "innpass.web.design",
    "innpass.web.home",
    "innpass.web.overview",
    "innpass.web.participant",
    "innpass.web.history",
    "innpass.web.joining",
    "innpass.web.entering",
    "innpass.web.imports",
    "innpass.web.mapping",
    "innpass.web.undoing",
    "innpass.web.round_trip",
    "innpass.web.questions",
    "innpass.web.disagreements",
    "innpass.web.crosswalk",
    "innpass.web.deadlines",
    "innpass.web.timetable",
    "innpass.web.teaching",
    "innpass.web.registering",
    "innpass.web.inspection",
    "innpass.web.intake",
    "innpass.web.attendance",
    "innpass.web.calendars",
    "innpass.web.employers",
    "innpass.web.outreach",
    "innpass.web.matching",
    "innpass.web.agreements",
    "innpass.web.follow_up",
    "innpass.web.doors",
    "innpass.web.results",
    "innpass.web.regulations",
    "innpass.web.courses",
    "innpass.web.administration",
    "allauth",
    "allauth.account",
    "csp",
    "django_htmx",
    "template_partials",
    "whitenoise.runserver_nostatic",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "innpass.config.middleware.keep_pages_private",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "innpass.casework.organisations.middleware.TenantMiddleware",
    "innpass.web.design.middleware.ChromeMiddleware",
    "innpass.web.design.gate.MayNotMiddleware",
    "innpass.web.design.busy.BusyMiddleware",
    "innpass.web.design.wrong_method.WrongMethodMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "innpass.config.urls"
WSGI_APPLICATION = "innpass.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "innpass.web.design.chrome.chrome",
            ],
        },
    }
]

# Who someone is. What they may do follows from memberships, not from Django's permissions.
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "CommonPasswordValidator")
] + [
    {
        "NAME": "innpass.casework.accounts.passwords.LongEnough",
        "OPTIONS": {"min_length": 15},
    }
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGIN_ON_PASSWORD_RESET = False
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "20/m/ip,5/5m/key"}
ALLAUTH_TRUSTED_PROXY_COUNT = environment.trusted_proxies

CSRF_FAILURE_VIEW = "innpass.web.design.drafting.refused_as_forged"
FORM_RENDERER = "innpass.web.design.forms.DesignRenderer"
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = False  # HTMX reads it from the page, never from the cookie; see design.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# The lock-out of sign-in counts here, so it must outlive a process and be shared by all.
CACHES: dict[str, dict[str, Any]] = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "innpass_cache",
    }
}

# What a browser may do with our pages.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"

# Staff read bokmål and Norwegian time whatever their machine is set to, hence no LocaleMiddleware.
LANGUAGE_CODE = "nb"
LANGUAGES = [("nb", "norsk bokmål")]
USE_I18N = True
TIME_ZONE = "Europe/Oslo"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = environment.static_root
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# Large sheets are stored through the import's own path, which sets its own limit.
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600

# To stderr. Lines carry ids and paths; no request body, no form value, no name.
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"},
    },
    "filters": {"hush": {"()": "innpass.config.hushing.Hush"}},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["hush"]}
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        "django.server": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
        "innpass": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
    },
}

"""Settings of the app: one machine, one private file, nothing from elsewhere, no secret in the code."""

from __future__ import annotations

import os
from pathlib import Path

from kneewise.store import place
from kneewise.web.local_zone import local_zone
from kneewise.web.static_headers import own_headers

HERE = Path(__file__).parent
DATA_FILE = place.data_file()
SECRET_KEY = place.secret_key(DATA_FILE)
DEBUG = False

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
OTHER_HOSTS_VARIABLE = "KNEEWISE_OTHER_HOSTS"
OTHER_HOSTS = tuple(h.strip() for h in os.environ.get(OTHER_HOSTS_VARIABLE, "").split(",") if h.strip())
ALLOWED_HOSTS = [*LOOPBACK, *OTHER_HOSTS]

# Behind a proxy visitors share no home: each browser is shown only the people it chose itself.
PEOPLE_SHARE_THIS_DEVICE = not OTHER_HOSTS

# Set by `kneewise serve --for-my-phone`: the code that a phone scans, and what signs its cookie. Without a
# code nobody needs one, because nobody but this machine can come.
PAIRING_CODE = ""
PHONES_SECRET = ""
HOME_AUTHORITY = b""
HOME_FINGERPRINT = ""

INSTALLED_APPS = [
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "kneewise.store.apps.StoreConfig",
    "kneewise.web.apps.WebConfig",
]
MIDDLEWARE = [
    "kneewise.web.middleware.SecurityHeaders",
    "django.middleware.security.SecurityMiddleware",
    "kneewise.web.pairing.OnlyPairedPhones",
    "kneewise.web.middleware.ProblemsForTheApi",
    "kneewise.web.middleware.BodyLimit",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "kneewise.web.middleware.KindErrors",
]
ROOT_URLCONF = "kneewise.web.urls"
WSGI_APPLICATION = "kneewise.web.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["kneewise.web.context.every_page"]},
    }
]
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(DATA_FILE),
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 5,
            "init_command": place.SQLITE_PRAGMAS,
        },
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_NAME = "kneewise"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 400  # a diary outlives a season; each entry starts it anew
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "kneewise_form"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "kneewise.web.views.errors.form_expired"

# "no-referrer" would make browsers send "Origin: null" with every form, which reads like an attack;
# "same-origin" tells other hosts just as little.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
MOST_SENT = 512 * 1024
MOST_DIARY_SENT = DATA_UPLOAD_MAX_MEMORY_SIZE = 8 * 1024 * 1024  # a diary of some years, to be reviewed
# An archive that is brought back is the one file that may be sent, to one page; it stays in memory.
MOST_ARCHIVE_SENT = 16 * 1024 * 1024 + 64 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
FILE_UPLOAD_HANDLERS: list[str] = []

LANGUAGE_CODE = "en-gb"
LOCALE_PATHS = [HERE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
LOCAL_ZONE = local_zone()  # the day of an entry is the person's own

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_MAX_AGE = 60 * 60 * 24 * 30  # the address carries the content's hash
WHITENOISE_ADD_HEADERS_FUNCTION = own_headers

# Ids and kinds of error only: Django's own request log would carry tracebacks with what was typed.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"no_answers": {"()": "kneewise.web.quiet_log.NoAnswers"}},
    "formatters": {"plain": {"format": "{levelname} {name} {message}", "style": "{"}},
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "filters": ["no_answers"],
            "formatter": "plain",
        }
    },
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "ERROR", "propagate": False},
        "django.security": {"handlers": [], "level": "CRITICAL", "propagate": False},
        "kneewise": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
    },
}

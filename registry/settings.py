"""Settings. Everything that differs between machines comes from the environment (`.env.example`)."""

import os
from hashlib import sha256
from pathlib import Path
from tempfile import gettempdir
from typing import Any

import django_stubs_ext
from django.core.exceptions import ImproperlyConfigured

from registry.connecting import Limits
from registry.embedded import OWNER, SITE
from registry.environment import Environment

django_stubs_ext.monkeypatch()

BASE_DIR = Path(__file__).resolve().parent.parent
TESTING = "PYTEST_VERSION" in os.environ  # set by pytest before it loads anything
TESTS_READ = {"CATALOG_SOURCES_DIR", "TEST_DATABASE_URL"}
"""The only variables that tests read; other variables of the shell do not change the site under test."""
ENV_FILE = BASE_DIR / (os.environ.get("ENV_FILE") or ".env")
if os.environ.get("ENV_FILE") and not ENV_FILE.exists():
    raise ImproperlyConfigured(f"ENV_FILE names {ENV_FILE}, which is not there.")
env = (
    Environment({name: value for name, value in os.environ.items() if name in TESTS_READ})
    if TESTING
    else Environment(dotenv=ENV_FILE)
)

# --- Identity ------------------------------------------------------------------------------------------------------

DEBUG = env.flag("DEBUG", TESTING)
HTTPS = env.flag("HTTPS", not DEBUG)
SECRET_KEY = env.text("SECRET_KEY", "only-for-tests" if TESTING else "")
if not SECRET_KEY:
    raise ImproperlyConfigured(
        "SECRET_KEY is not set: on your own machine `make setup` writes one into .env, "
        "in production put one into the environment."
    )
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]")
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS")

# --- Apps, middleware, templates -----------------------------------------------------------------------------------

INSTALLED_APPS = [
    "registry",
    "models_catalog",
    "registry.admin_site.CurationConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "csp",
    "django_filters",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "pghistory",
    "pgtrigger",
]
MIDDLEWARE = [
    "registry.middleware.address.AddressMiddleware",
    "models_catalog.limits.files.AskingMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "registry.middleware.headers.HeadersMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "registry.middleware.compression.CompressionMiddleware",  # WhiteNoise serves static files compressed
    "registry.middleware.language.LanguageMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "registry.uploads.BodyMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "models_catalog.history.replicas.ReplicaMiddleware",
    "models_catalog.pages.http.moved.FormerDevelopersMiddleware",
    "registry.middleware.today.TodayOnlyMiddleware",
    "registry.middleware.database.DatabaseTroubleMiddleware",  # these two last: innermost, first to see what a view raises
    "registry.middleware.meanwhile.MeanwhileMiddleware",
]
PAST_PARAMETERS = ("as_of", "release")
"""Query parameters for a past state; a URL that does not handle them answers 400 (`TodayOnlyMiddleware`)."""
LENS_PARAMETERS = ("without", "known_by")
"""Query parameters for the registry as some of its sources tell it; likewise."""
ROOT_URLCONF = "registry.urls"
WSGI_APPLICATION = None if DEBUG else "registry.wsgi.application"  # it refuses DEBUG; runserver has its own
LOGIN_REDIRECT_URL = "admin:index"  # if `next` is missing or points to another site
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Readers' pages: Jinja, in templates/. Curators': Django's admin, extended in models_catalog/templates/.
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "environment": "models_catalog.pages.rendering.environment.environment",
            "context_processors": ["models_catalog.pages.frame.frame"],
        },
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    },
]
PASSWORD_HASHERS = ["models_catalog.limits.passwords.BoundedHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

# --- Database: PostgreSQL, and nothing else ------------------------------------------------------------------------

# 0 means no limit. For web requests; manage.py lifts the statement timeout for commands.
STATEMENT_TIMEOUT_MS = env.number("DATABASE_STATEMENT_TIMEOUT_MS", 0 if TESTING else 3_000)
LOCK_TIMEOUT_MS = env.number("DATABASE_LOCK_TIMEOUT_MS", 0 if TESTING else 2_000)
# Timeout for sorting a long export, and how many long exports are sent at once over all processes.
EXPORT_TIMEOUT_MS = env.number("DATABASE_EXPORT_TIMEOUT_MS", 30_000)
EXPORTS_AT_ONCE = env.number("EXPORTS_AT_ONCE", 4)
THREADS = env.number("WEB_THREADS", 4)  # per process (gunicorn.conf.py); half of them may do expensive work
# How many passwords from unknown devices are hashed at once, over all processes.
HASHES_AT_ONCE = env.number("HASHES_AT_ONCE", 2)
# Shared folder in which processes of this site see each other's slots (`limits.turns`).
_SITE = sha256(
    f"{BASE_DIR} {env.text('DATABASE_URL')} {os.getpid() if TESTING else ''}".encode()
).hexdigest()[:16]
TURNS_FOLDER = Path(gettempdir()) / f"baimo-{os.getuid()}-{_SITE}"
# Seconds a thread keeps its connection; 0 opens one per request, as the development server needs.
CONN_MAX_AGE = env.number("DATABASE_CONN_MAX_AGE", 0 if DEBUG else 600)
LIMITS = Limits(STATEMENT_TIMEOUT_MS, LOCK_TIMEOUT_MS, CONN_MAX_AGE)

DATABASE_URL = env.text("TEST_DATABASE_URL") if TESTING else env.text("DATABASE_URL")
OWNER_URL = "" if TESTING else env.text("DATABASE_OWNER_URL")
# Whether to connect as the database's owner, as manage.py does for `migrate` and `release` (`registry.grants`).
DATABASE_AS_OWNER = env.flag("DATABASE_AS_OWNER", False)
if DATABASE_URL:
    SITE_DATABASE = LIMITS.database(DATABASE_URL)
    OWNER_DATABASE = LIMITS.database(OWNER_URL) if OWNER_URL else SITE_DATABASE
else:
    SITE_DATABASE = LIMITS.bounded({"ENGINE": "registry.embedded", "USER": OWNER if TESTING else SITE})
    OWNER_DATABASE = LIMITS.bounded({"ENGINE": "registry.embedded", "USER": OWNER})
DATABASE_SITE_ROLE = "" if SITE_DATABASE["USER"] == OWNER_DATABASE["USER"] else SITE_DATABASE["USER"]
# gunicorn's connection. Commands, and imports that it starts, bypass the pooler (manage.py): they hold locks for long.
POOLER_URL = "" if TESTING else env.text("DATABASE_POOLER_URL")
if POOLER_URL:
    SITE_DATABASE = LIMITS.pooled(POOLER_URL)
DATABASES = {"default": {**(OWNER_DATABASE if DATABASE_AS_OWNER else SITE_DATABASE)}}
DATABASES |= {
    f"replica{number}": {**LIMITS.database(url), "TEST": {"MIRROR": "default"}}
    for number, url in enumerate(env.words("REPLICA_URLS"), 1)
}
DATABASE_ROUTERS = ["models_catalog.history.replicas.ReplicaRouter"]

# --- Cache ---------------------------------------------------------------------------------------------------------

CACHE_URL = env.text("CACHE_URL")
CACHES = {
    "default": {
        "BACKEND": f"django.core.cache.backends.{'redis.RedisCache' if CACHE_URL else 'locmem.LocMemCache'}",
        "LOCATION": CACHE_URL,
    }
}

# Size of each process's page cache, which is cleared when the registry changes (`pages.http.public`).
PAGES_IN_MEMORY_BYTES = env.number("PAGES_IN_MEMORY_MB", 0 if DEBUG else 16) * 2**20

# --- Language, time, files -----------------------------------------------------------------------------------------

LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LANGUAGE_CODE = "zh-hans"
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Shanghai"
FORMAT_MODULE_PATH = ["registry.formats"]
USE_TZ = True
STATIC_URL = "/static/"
STATIC_ROOT = env.text("STATIC_ROOT", str(BASE_DIR / "staticfiles"))
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_STORAGE = (
    "django.contrib.staticfiles.storage.StaticFilesStorage"
    if DEBUG
    else "whitenoise.storage.CompressedManifestStaticFilesStorage"
)
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = DEBUG
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": STATICFILES_STORAGE},
}
# The articles belong to their publishers and are outside the repository; without them `verify_evidence` says so.
SOURCES = env.text("CATALOG_SOURCES_DIR")
CATALOG_SOURCES_DIR = BASE_DIR / SOURCES if SOURCES else None
# Whether the texts that curators read are kept for them (never for readers); each can be purged on its source's page.
KEEP_SOURCE_TEXTS = env.flag("KEEP_SOURCE_TEXTS", True)
# A language model behind an OpenAI-compatible server, which curators may ask about an article; off without the first two.
EXTRACTOR_URL = env.text("EXTRACTOR_URL")
EXTRACTOR_MODEL = env.text("EXTRACTOR_MODEL")
EXTRACTOR_KEY = env.text("EXTRACTOR_KEY")
CATALOG_FIXTURES_DIR = BASE_DIR / "fixtures"

# --- Security ------------------------------------------------------------------------------------------------------

SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 2 * 365 * 24 * 3600 if HTTPS else 0
# Off by default: both affect domains that may belong to others, and preloading is hard to reverse.
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS and env.flag("HSTS_SUBDOMAINS", False)
SECURE_HSTS_PRELOAD = HTTPS and env.flag("HSTS_PRELOAD", False)
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]  # they ask for both
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
BEHIND_PROXY = env.flag("BEHIND_PROXY", False)
TRUSTED_PROXIES = env.number("TRUSTED_PROXIES", 1 if BEHIND_PROXY else 0)  # trusted hops in X-Forwarded-For
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
DEVICE_COOKIE_NAME = "__Host-device" if HTTPS else "device"  # marks a browser that has logged in before
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "registry.errors.csrf_failure"
X_FRAME_OPTIONS = "DENY"
REQUIRE_2FA = env.flag("REQUIRE_2FA", False)  # whether curators need two-factor authentication
OTP_TOTP_ISSUER = "Baimo 百模图鉴"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "blob:"],  # blob: a chart saved as a picture
        "connect-src": ["'self'"],
        "font-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5_000_000  # of the whole body, files included
BODY_OF_A_READER = 64_000  # the largest body without a log-in: an error report
FILE_UPLOAD_HANDLERS = ["registry.uploads.WantedFiles"]
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000

# --- Log -----------------------------------------------------------------------------------------------------------

LOG_LEVEL = env.text("LOG_LEVEL", "WARNING").upper()
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "filters": {"short": {"()": "registry.log.Short"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["short"]}},
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
    # Django's own handlers would log everything twice, and its own level would override ours.
    "loggers": {"django": {"handlers": [], "level": LOG_LEVEL}},
}

if TESTING:
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # fast, for test users

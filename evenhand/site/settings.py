"""Django's settings, from the environment (`environment.py` has the list). Starts nothing."""

import os

from csp.constants import NONE, SELF

from evenhand.site import environment

_env = dict(os.environ)
_root = environment.CHECKOUT

EVENHAND_DEMO = environment.demo(_env)
EVENHAND_PRACTICE = environment.practice(_env)
EVENHAND_ZONE = _env.get("EVENHAND_ZONE") or "Asia/Shanghai"
EVENHAND_VAULT_KEY = _env.get("EVENHAND_VAULT_KEY", "")
EVENHAND_LENDER = environment.lender(_env)
EVENHAND_LEAVE_TO = environment.leave_to(_env)
EVENHAND_LENDER_KIND = environment.lender_kind(_env)
EVENHAND_PACKS = environment.packs(_env)
EVENHAND_PROXY = _env.get("EVENHAND_PROXY") == "1"
EVENHAND_ROOT_KEY = environment.root_key(_env)
SMS = environment.sms(_env)
BANK = environment.bank(_env)
IDENTITY = environment.identity(_env)
SIGNING = environment.signing(_env)

DEBUG = False
SECRET_KEY = environment.secret(_env)
DATABASES = {"default": environment.database(_env)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "evenhand.ledger",
    "evenhand.people",
    "evenhand.web",
    "evenhand.providers.sms",
    "evenhand.providers.bank",
    "evenhand.providers.identity",
    "evenhand.outbound.contact",
    "evenhand.outbound.payments",
    "evenhand.outbound.enquiries",
    "evenhand.lifecycle.apply",
    "evenhand.lifecycle.arrange",
    "evenhand.lifecycle.call",
    "evenhand.lifecycle.decide",
    "evenhand.lifecycle.join",
    "evenhand.lifecycle.register",
    "evenhand.lifecycle.remind",
    "evenhand.lifecycle.serve",
    "evenhand.lifecycle.sign",
    "evenhand.lifecycle.evidence",
    "evenhand.lifecycle.disburse",
    "evenhand.lifecycle.verify",
    "evenhand.lifecycle.redress",
    "evenhand.lifecycle.repay",
    "evenhand.lifecycle.staffing",
    "evenhand.lifecycle.wording",
    "evenhand.lifecycle.products",
    "evenhand.lifecycle.writeoff",
    "evenhand.lifecycle.relief",
    "evenhand.lifecycle.circumstances",
    "evenhand.dayclose",
    "evenhand.console",
    "evenhand.site",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "procrastinate.contrib.django",
    "django_htmx",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "evenhand.site.middleware.short_static",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "evenhand.site.middleware.no_devices",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "evenhand.site.middleware.house_clock",
    "evenhand.site.middleware.both_hands",
]
ROOT_URLCONF = "evenhand.site.urls"
WSGI_APPLICATION = "evenhand.site.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "evenhand.site.context.house",
            ]
        },
    }
]

PROCRASTINATE_ON_APP_READY = "evenhand.site.job_app.install"

LANGUAGE_CODE = "zh-hant"
LANGUAGES = [("zh-hant", "繁體中文"), ("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [_root / "evenhand/web/locale"]
# A file sent to us stays in memory until it is sealed: it is never a file of the machine's.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = 6 * 2**20
USE_TZ = True
TIME_ZONE = EVENHAND_ZONE  # how pages show a moment; facts and columns are UTC

STATIC_URL = "static/"
WHITENOISE_USE_FINDERS = True  # they are few and lie in the package: nothing to collect
WHITENOISE_MAX_AGE = 3600

AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
_quick = EVENHAND_DEMO and _env.get("EVENHAND_HASHES") == "quick"
PASSWORD_HASHERS = [
    f"django.contrib.auth.hashers.{'MD5' if _quick else 'Argon2'}PasswordHasher",
]
PIN_HASH_KIB = 64 if _quick else 19 * 1024
if EVENHAND_PRACTICE:  # signed in there and in the house in earnest, in one browser
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "practice_sessionid", "practice_csrftoken"
SESSION_COOKIE_AGE = 8 * 3600  # a working day
SESSION_EXPIRE_AT_BROWSER_CLOSE = True

ALLOWED_HOSTS = [name for name in _env.get("EVENHAND_HOSTS", "").split(",") if name]
if EVENHAND_DEMO:
    ALLOWED_HOSTS += ["127.0.0.1", "localhost"]
CSRF_TRUSTED_ORIGINS = [f"https://{name}" for name in ALLOWED_HOSTS if not EVENHAND_DEMO]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = not EVENHAND_DEMO
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
SECURE_SSL_REDIRECT = not EVENHAND_DEMO
SECURE_HSTS_SECONDS = 0 if EVENHAND_DEMO else 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = not EVENHAND_DEMO
SILENCED_SYSTEM_CHECKS = ["security.W021"]  # browsers' preload list is the lender's to enter
# A gateway on the lender's own machine calls back without TLS.
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^providers/sms/"]
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
if EVENHAND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "evenhand.site.errors.stale_form"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"()": "evenhand.site.logs.Plain"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "procrastinate": {"level": "WARNING"},
        "psycopg.pool": {"level": "WARNING"},
    },
}

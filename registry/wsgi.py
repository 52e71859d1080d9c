"""The WSGI application."""

import os

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "registry.settings")

if settings.DEBUG:
    raise ImproperlyConfigured(
        "DEBUG is on, which shows every reader the source: unset it. `make dev` is the way to have it."
    )
application = get_wsgi_application()
_ = get_resolver().url_patterns  # loads the views now, once for all workers

"""The door granian opens."""

import os

from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

from evenhand.site import environment

if reasons := environment.unfit_for_pages(os.environ):
    raise ImproperlyConfigured("; ".join(reasons))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "evenhand.site.settings")
application = get_wsgi_application()

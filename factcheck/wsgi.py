"""What a WSGI server loads: `factcheck.wsgi:application`."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factcheck.settings")
try:
    application = get_wsgi_application()
except ImproperlyConfigured as wrong:
    sys.exit(str(wrong))

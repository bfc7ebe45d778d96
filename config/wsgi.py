import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()

# What is loaded here lives as long as the process. Walking all of it again and again kept one
# request in thirty waiting for a tenth of a second.
_ = get_resolver().url_patterns
gc.collect()
gc.freeze()

import gc
import os

from django.core.wsgi import get_wsgi_application

from config.warming import warm_up

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()
warm_up()

# What is loaded here lives as long as the process. Walking all of it again and again kept one
# request in thirty waiting for a tenth of a second.
gc.collect()
gc.freeze()

"""How gunicorn serves the site: `gunicorn --config python:config.serving config.wsgi`."""

from typing import Any

from config.warming import ask_first_pages, set_aside


def post_worker_init(worker: Any) -> None:
    """Once a worker has been forked: what it opens here is its own."""
    ask_first_pages(worker.wsgi)
    set_aside()

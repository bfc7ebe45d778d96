"""What a process does before the first reader comes, who would wait for it otherwise."""

import gc
from contextlib import suppress
from pathlib import Path

from django.template import TemplateSyntaxError, engines
from django.template.loader import get_template
from django.urls import get_resolver


def warm_up() -> None:
    """Load all views, and compile the site's own templates; both are kept as long as the process
    lives."""
    _ = get_resolver().url_patterns
    for folder in map(Path, engines["django"].dirs):
        for file in sorted(folder.rglob("*.html")):
            # A page that cannot be written says so when it is asked for, and no other does.
            with suppress(TemplateSyntaxError):
                get_template(file.relative_to(folder).as_posix())


def set_aside() -> None:
    """Let no collection of garbage look at what is loaded by now, as it stays anyway: to go through
    all of it kept one request in thirty waiting for a tenth of a second."""
    gc.collect()
    gc.freeze()

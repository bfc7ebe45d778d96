"""What a process does before the first reader comes, who would wait for it otherwise."""

import gc
from contextlib import suppress
from pathlib import Path

from django.template import TemplateSyntaxError, engines
from django.urls import get_resolver


def warm_up() -> None:
    """Load all views, and compile the site's own templates; both are kept as long as the process
    lives."""
    _ = get_resolver().url_patterns
    folders = {Path(folder): engine for engine in engines.all() for folder in engine.dirs}
    for folder, engine in folders.items():
        for file in sorted(folder.rglob("*.html")):
            # A folder within another is that of its own engine.
            if folder == next(parent for parent in file.parents if parent in folders):
                # A page that cannot be written says so when it is asked for, and no other does.
                with suppress(TemplateSyntaxError):
                    engine.get_template(file.relative_to(folder).as_posix())


def set_aside() -> None:
    """Let no collection of garbage look at what is loaded by now, as it stays anyway: to go through
    all of it kept one request in thirty waiting for a tenth of a second."""
    gc.collect()
    gc.freeze()

#!/usr/bin/env python
"""Chancery's command line: Django's commands and the project's own."""

import os
import sys

from django.core.management import execute_from_command_line

from config.db.changes import recorded_as

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    # What a command changes stands in the history under its name.
    with recorded_as(origin=" ".join(["manage.py", *sys.argv[1:2]])):
        execute_from_command_line(sys.argv)

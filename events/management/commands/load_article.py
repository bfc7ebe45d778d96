"""Loads the chronology that Chancery comes with, once in the life of a database."""

from typing import Any

from django.core.management import BaseCommand, CommandParser
from django.db import IntegrityError

from events.article.loading import begin
from events.models import Event


class Command(BaseCommand):
    help = (
        "Load the article's chronology, unless loading has begun in this database before. "
        "What is there already is never written over."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--empty",
            action="store_true",
            help="load nothing, now and later: for a chronology of one's own",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            has_begun = begin(with_article=not options["empty"])
        except IntegrityError as error:
            reason = str(error).partition("\n")[0]
            self.stderr.write(
                f"The article does not fit beside what is there, so nothing was loaded: {reason}"
            )
            return
        if not has_begun:
            self.stdout.write("The chronology has begun before; nothing was loaded.")
        elif options["empty"]:
            self.stdout.write(
                "The chronology begins without the article: sign in at /admin/ to name it."
            )
        else:
            self.stdout.write(f"Loaded {Event.objects.count()} events.")

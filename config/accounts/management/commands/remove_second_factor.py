from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError

from config.accounts.second_factor import remove_second_factor


class Command(BaseCommand):
    help = "Takes the second factor of an account away, for whoever has lost it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", help="the name by which the account signs in")

    def handle(self, *args: Any, name: str, **options: Any) -> None:
        user = User.objects.filter(username=name).first()
        if user is None:
            raise CommandError(f"There is no account of the name {name!r}.")
        how = "Second factor removed by manage.py remove_second_factor."
        if not remove_second_factor(user, by=user, how=how):
            raise CommandError(f"The account {name!r} has no second factor.")
        self.stdout.write(f"The account {name!r} signs in with its password alone now.")

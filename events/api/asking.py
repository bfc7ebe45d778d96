"""What a call asks for, read strictly: whatever is not understood is a problem, and has no rows."""

from collections.abc import Iterable

from django.http import QueryDict
from django.utils.translation import gettext as _

from config.lists.filtering import Problem
from events.api.parameters import LARGEST_LIMIT, LIMIT
from events.api.resources import Resource


class Asked:
    """A query beside its filters, parameter by parameter; `problems` gathers what is amiss."""

    def __init__(self, data: QueryDict) -> None:
        self.data = data
        # A filter whose value got lost on the way must not become no filter at all.
        self.problems = [
            Problem(name, _("It is empty; leave it out to set no condition."))
            for name, values in data.lists()
            if not all(value.strip() for value in values)
        ]

    def one(self, name: str) -> str:
        """The only value of a parameter; "" where there is none."""
        values = list(dict.fromkeys(self.data.getlist(name)))
        if len(values) > 1:
            self._refuse(name, _("This takes one value, and several were given."))
        return values[0].strip() if len(values) == 1 else ""

    def limit(self) -> int:
        text = self.one("limit")
        if not text:
            return LIMIT
        if text.isascii() and text.isdigit() and len(text) < 10:
            number = int(text)
            if 1 <= number <= LARGEST_LIMIT:
                return number
        self._refuse(
            "limit",
            _("“%(asked)s” is no whole number from 1 to %(largest)s.")
            % {"asked": text[:40], "largest": LARGEST_LIMIT},
        )
        return LIMIT

    def fields(self, resource: Resource) -> list[str]:
        """The names of fields in the order asked for."""
        text = self.one("fields")
        names = list(dict.fromkeys(text.split(","))) if text else list(resource.fields)
        for name in names:
            if name not in resource.fields:
                known = ", ".join(resource.fields)
                self._refuse(
                    "fields",
                    _("There is no field “%(asked)s”. There are: %(known)s.")
                    % {"asked": name[:40], "known": known},
                )
        return names

    def nothing_but(self, names: Iterable[str]) -> None:
        for name in self.data:
            if name not in names:
                known = ", ".join(names)
                self._refuse(
                    name,
                    _("There is no parameter of this name. There are: %(known)s.")
                    % {"known": known},
                )

    def _refuse(self, name: str, message: str) -> None:
        self.problems.append(Problem(name, message))

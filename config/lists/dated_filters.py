"""The query parameters of a range of time, which all lists of what has a date share."""

from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.edtf.dated import DatedQuerySet
from config.edtf.dates import parse
from config.lists.date_filters import SinceFilter, UntilFilter
from config.lists.filtering import OptionFilter, Problem, StrictFilterSet


class DatedFilterSet(StrictFilterSet):
    """Lists of what has a date: `since`, `until`, and whether the date surely lies between."""

    INPUTS = frozenset({"q", "since", "until", "certain", "match", "order"})
    MEANINGS = {
        "since": gettext_lazy("The date may lie on its first day or later."),
        "until": gettext_lazy("The date may lie on its last day or earlier."),
        "certain": gettext_lazy("Only dates that surely lie in the range."),
    }

    since = SinceFilter(label=gettext_lazy("Since"), method="from_day")
    until = UntilFilter(label=gettext_lazy("Until"), method="up_to_day")
    certain = OptionFilter(
        label=gettext_lazy("Date"), choices=[("1", gettext_lazy("surely in the range"))]
    )

    def from_day(self, rows: DatedQuerySet[Any], name: str, value: int) -> DatedQuerySet[Any]:
        return rows.between(value, None, certainly=self.is_certain)

    def up_to_day(self, rows: DatedQuerySet[Any], name: str, value: int) -> DatedQuerySet[Any]:
        return rows.between(None, value, certainly=self.is_certain)

    @property
    def is_certain(self) -> bool:
        """Whether a date must surely lie in the range, instead of perhaps."""
        return bool(self.chosen("certain"))

    def _range_problems(self) -> list[Problem]:
        since, until = self._cleaned("since"), self._cleaned("until")
        if since is not None and until is not None and since > until:
            return [Problem("until", _("The range ends before it begins."))]
        return []

    @cached_property
    def problems(self) -> list[Problem]:
        return [*super().problems, *self._range_problems()]

    def _labels(self) -> dict[tuple[str, str], str]:
        labels = super()._labels()
        for name in ("since", "until"):
            if name in self.data and name not in self.form.errors:
                text = str(self.data[name])
                labels[name, text] = parse(text).words
        return labels

"""Which office somebody held on the date of an event or a statement: "then President of Russia"."""

from collections.abc import Iterable
from functools import cached_property

from actors.models import Actor, Tenure
from config.edtf.dates import UncertainDate


class Offices:
    """The offices of some people, loaded by one query when first asked for.

    Only an office surely held on every day that the date can mean is told; where the date is open
    or the office is not known for it, nothing is.
    """

    def __init__(self, people: Iterable[Actor], tenures: Iterable[Tenure] | None = None) -> None:
        """`tenures`: those of the people among others, where they are loaded already."""
        self._people = [person.pk for person in people]
        if tenures is not None:
            self._tenures = list(tenures)

    @cached_property
    def _tenures(self) -> list[Tenure]:
        if not self._people:
            return []
        return list(Tenure.objects.published().filter(person__in=self._people).for_page())

    @property
    def tenure_ids(self) -> list[int]:
        return [tenure.pk for tenure in self._tenures]

    def of(self, person: Actor, when: UncertainDate) -> list[Tenure]:
        return self.of_key(person.pk, when)

    def of_key(self, person: int, when: UncertainDate) -> list[Tenure]:
        return [tenure for tenure in self._by_person.get(person, []) if tenure.is_held_on(when)]

    @cached_property
    def _by_person(self) -> dict[int, list[Tenure]]:
        by_person: dict[int, list[Tenure]] = {}
        for tenure in self._tenures:
            by_person.setdefault(tenure.person_id, []).append(tenure)
        return by_person

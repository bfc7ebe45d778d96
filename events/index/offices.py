"""In which events somebody takes part who surely held an office at the time."""

from collections.abc import Iterable, Iterator

import numpy as np

from actors.models import Tenure
from config.edtf.dates import AFTER_ALL, BEFORE_ALL
from events.index.columns import Dates, Ints, Mask
from events.index.facts import ROLE_BITS
from events.index.state import State


def parts_in_office(state: State, tenures: Iterable[Tenure]) -> Iterator[tuple[Tenure, Ints]]:
    """With each office the places, in the column "part" of the index, where its holder takes part
    on days on which it was surely held: on every day that the date of the event can mean, and never
    for an open date."""
    tenures = list(tenures)
    part = state.columns["part"]
    people = part.ids >> ROLE_BITS
    is_holder = np.isin(people, [tenure.person_id for tenure in tenures])
    found = np.flatnonzero(is_holder[part.codes])
    by_person = found[np.argsort(people[part.codes[found]], kind="stable")]
    in_order = people[part.codes[by_person]]
    for tenure in tenures:
        start, stop = np.searchsorted(in_order, [tenure.person_id, tenure.person_id + 1])
        places = by_person[start:stop]
        spans = state.dates.codes[part.rows[places]]
        yield tenure, places[_spans_in_office(state.dates, tenure)[spans]]


def _spans_in_office(dates: Dates, tenure: Tenure) -> Mask:
    held = tenure.held
    if held.isempty:
        return np.zeros(len(dates.spans), dtype=np.bool_)
    lies = (dates.first > BEFORE_ALL) & (dates.last < AFTER_ALL)
    if held.lower is not None:
        lies &= dates.first >= held.lower
    if held.upper is not None:
        lies &= dates.last < held.upper
    return lies

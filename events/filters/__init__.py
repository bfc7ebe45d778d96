"""Query parameters of the lists, and the facets beside them.

`events` has those of the timeline, which select from the event index; `statements`, `sources` and
`locations` narrow querysets. It may import `events.models`, `events.index` and `events.search`.
"""

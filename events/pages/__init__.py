"""What the page of one record gathers: an event, an actor, a source, their rows and references.

`event` is where to begin reading; `said` makes the rows of statements of all pages. It may import
`events.models`, `events.index`, `events.filters`.
"""

"""What the page of one record gathers: an event, an actor, a source, their rows and references.

`event` is where to begin reading. It may import `events.models`, `events.index`, `events.filters`.
"""

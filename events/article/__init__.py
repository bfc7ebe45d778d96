"""The article's chronology: loaded once in the life of a database, and taken away.

`loading` is where to begin reading. It may import `events.models`.
"""

"""The words that a reader asks for: parsed, corrected, marked in texts, and suggested.

`query` is where to begin reading. It may import `events.models` and rows of lists.
"""

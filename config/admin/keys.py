"""Primary keys as a request sends them: text that may be no number, or too large for the column."""

_LARGEST = 2**63 - 1


def is_key(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 20 and int(text) <= _LARGEST

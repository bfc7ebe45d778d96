"""Draws texts that look like EDTF: most are, many are wrong in some way."""

from hypothesis import strategies as st

DIGITS = "0123456789"


def _digits(count: int, also: str = "XXXX") -> st.SearchStrategy[str]:
    return st.text(DIGITS + also, min_size=count, max_size=count)


def _qualified(part: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    mark = st.sampled_from(["", "", "", "", "?", "~", "%"])
    return st.builds(lambda left, text, right: left + text + right, mark, part, mark)


def _years() -> st.SearchStrategy[str]:
    long = st.builds(
        lambda prefix, sign, number, end: f"{prefix}{sign}{number}{end}",
        st.sampled_from(["Y", ""]),
        st.sampled_from(["", "-"]),
        st.integers(0, 10**13),
        st.sampled_from(["", "E1", "E7", "E0", "S1", "S3", "E3S2", "S0", "S99"]),
    )
    plain = st.integers(0, 9999).map("{:04}".format)
    return st.one_of(
        plain, plain, _digits(4), _digits(4).map("-{}".format), long, plain.map("{}S2".format)
    )


def simple_texts() -> st.SearchStrategy[str]:
    """A year, month, season or day."""
    month = st.one_of(st.integers(0, 13).map("{:02}".format), st.integers(20, 42).map(str))
    day = st.integers(0, 32).map("{:02}".format)
    parts = st.tuples(
        _qualified(_years()),
        _qualified(st.one_of(month, month, _digits(2))),
        _qualified(st.one_of(day, day, _digits(2))),
    )
    return st.builds(lambda given, count: "-".join(given[:count]), parts, st.integers(1, 3))


def edtf_like_texts() -> st.SearchStrategy[str]:
    """Simple dates, intervals, sets, and plain noise of the same characters."""
    end = st.one_of(simple_texts(), simple_texts(), st.sampled_from(["", ".."]))
    span = st.builds("{}..{}".format, end.filter(lambda text: text != ".."), end)
    elements = st.lists(st.one_of(simple_texts(), span), min_size=1, max_size=3)
    brackets = st.sampled_from(["[]", "[]", "{}", "[}"])
    sets = st.builds(
        lambda texts, comma, pair, order: (
            pair[0] + comma.join(sorted(texts) if order else texts) + pair[1]
        ),
        elements,
        st.sampled_from([",", ", "]),
        brackets,
        st.booleans(),
    )
    noise = st.text(DIGITS + "X-/.,[]{}?~%YEST \n", max_size=20)
    return st.one_of(simple_texts(), st.builds("{}/{}".format, end, end), sets, noise)

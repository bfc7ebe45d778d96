"""Rows of a lane: none on another."""

from events.charts.lanes.packing import Extent, Placed, Words, place_marks, place_titles
from events.charts.widths import text_width

WIDTH = 400.0


def placed(*items: tuple[Extent, Words], most: int = 12) -> list[Placed[int]]:
    found = place_titles([(i, *item) for i, item in enumerate(items)], WIDTH, most)
    assert found is not None
    return found


def day(x: float) -> Extent:
    return Extent(x, x + 10)


def span(start: float, end: float) -> Extent:
    return Extent(start, end, (start, end))


def test_a_title_stands_within_a_wide_mark() -> None:
    [found] = placed((span(10, 300), Words("Short")))
    assert found.label
    assert found.label.is_inside
    assert found.label.start == 19
    assert found.label.end < 300


def test_a_title_stands_beside_a_narrow_mark() -> None:
    [right] = placed((day(10), Words("Short")))
    [left] = placed((day(380), Words("Short")))
    assert right.label
    assert left.label
    assert not right.label.is_inside
    assert not left.label.is_inside
    assert right.label.start == 27
    assert left.label.end == 373


def test_nothing_is_written_on_a_solid_mark() -> None:
    [found] = placed((Extent(10, 300), Words("Short")))
    assert found.label
    assert found.label.start == 307


def test_the_role_is_left_out_before_the_title_is_cut() -> None:
    role = "a role of many words, for which there is no room here"
    [found] = placed((day(10), Words("A title", role, "Alleged")))
    assert found.label
    assert found.label.words == Words("A title", "", "Alleged")


def test_a_title_is_cut_at_a_word() -> None:
    title = (
        "A title with so many words that there is no room for each of them on one line of a lane"
    )
    [found] = placed((day(10), Words(title)))
    assert found.label
    words = found.label.words.title
    assert words.endswith(" …")
    assert title.startswith(words.removesuffix(" …") + " ")
    assert found.label.end <= WIDTH


def test_a_mark_without_room_for_a_word_has_no_title() -> None:
    [found] = placed((Extent(30, 380), Words("Incomprehensibilities")))
    assert found.label is None


def test_what_would_be_on_another_goes_to_the_next_row() -> None:
    rows = [found.row for found in placed(*[(day(10), Words("One"))] * 3, (day(200), Words("Two")))]
    assert rows == [0, 1, 2, 0]


def test_too_many_rows_are_none() -> None:
    items = [(i, day(10), Words("One")) for i in range(3)]
    assert place_titles(items, WIDTH, 2) is None
    assert place_titles(items, WIDTH, 3) is not None


def test_marks_stack_where_they_meet() -> None:
    marks = place_marks([("a", Extent(0, 10)), ("b", Extent(10, 20)), ("c", Extent(5, 15))], 10)
    assert marks is not None
    # A day beside the next is in one row.
    assert [mark.row for mark in marks] == [0, 0, 1]
    assert place_marks([("a", day(0))] * 3, 2) is None


def test_widths_of_texts() -> None:
    assert text_width("", 12) == 0
    assert text_width("iii", 12) < text_width("mmm", 12)
    assert text_width("Khan", 12) < text_width("Khan", 12, is_bold=True)
    # Marks that stand on a letter have no width; signs of China and Japan are square.
    assert text_width("e\N{COMBINING ACUTE ACCENT}", 12) == text_width("é", 12)
    assert text_width("日本", 10, is_bold=True) == 20
    assert text_width("Ж", 10) > text_width("ж", 10) > 0

"""Clusters, labels and windows: what of the map needs no database."""

import numpy as np
import pytest

from events.charts.map.clusters import DOT, LARGEST, SMALLEST, cluster
from events.charts.map.labels import Room, label_beside
from events.charts.map.shapes import bar_of, circle_around
from events.charts.map.windows import NARROWEST, WIDEST, Frame, Window, window_at
from events.charts.widths import cut_or_part, text_width


def random_places(seed: int, number: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    random = np.random.default_rng(seed)
    x, y = random.uniform(0, 860, number), random.uniform(0, 620, number)
    return x, y, random.zipf(1.6, number).clip(1, 5000)


@pytest.mark.parametrize("seed", range(12))
def test_no_two_clusters_overlap_and_none_is_lost(seed: int) -> None:
    x, y, numbers = random_places(seed, [1, 5, 40, 3000][seed % 4])
    found = cluster(x, y, numbers, 160)
    assert sum(each.number for each in found) == numbers.sum()
    members = np.concatenate([each.members for each in found])
    assert sorted(members.tolist()) == list(range(len(x)))
    assert len(found) <= 160
    for place, one in enumerate(found):
        for other in found[place + 1 :]:
            away = np.hypot(one.x - other.x, one.y - other.y)
            assert away >= one.radius + other.radius


@pytest.mark.parametrize("seed", range(4))
def test_a_cluster_sits_on_its_biggest_place(seed: int) -> None:
    x, y, numbers = random_places(seed, 500)
    for each in cluster(x, y, numbers, 160):
        head = each.members[0]
        assert numbers[head] == numbers[each.members].max()
        assert (each.x, each.y) == (x[head], y[head])


def test_radius_grows_with_the_root_of_the_number_between_its_bounds() -> None:
    x = np.array([100.0, 300.0, 500.0, 700.0])
    found = cluster(x, np.full(4, 100.0), np.array([400, 100, 9, 1]), 160)
    assert [each.radius for each in found] == [LARGEST, LARGEST / 2, SMALLEST, SMALLEST]


def test_a_mark_has_room_for_its_number() -> None:
    x = np.array([100.0, 300.0])
    large, small = cluster(x, x, np.array([90_000, 1_234]), 160)
    assert large.radius == LARGEST
    assert 2 * small.radius > text_width("1,234", 11)


def test_single_events_apart_are_dots() -> None:
    found = cluster(np.array([100.0, 300.0]), np.array([100.0, 100.0]), np.array([1, 1]), 160)
    assert [each.radius for each in found] == [DOT, DOT]
    assert all(each.is_dot for each in found)


def test_places_on_one_spot_are_one_mark() -> None:
    [found] = cluster(np.full(500, 100.0), np.full(500, 50.0), np.ones(500, dtype=np.int64), 160)
    assert (found.number, len(found.members), found.x, found.y) == (500, 500, 100, 50)


def test_there_are_no_clusters_of_nothing() -> None:
    nothing = np.empty(0)
    assert cluster(nothing, nothing, np.empty(0, dtype=np.int64), 160) == []


def test_a_name_is_cut_at_a_word() -> None:
    assert cut_or_part("Khan Sheikhoun", 12, 150) == "Khan Sheikhoun"
    assert cut_or_part("Democratic Republic of the Congo", 12, 120) == "Democratic …"
    assert cut_or_part("Democratic Republic of the Congo", 12, 165) == "Democratic Republic of …"
    long = cut_or_part("Rinderkennzeichnungsfleischetikettierung", 12, 100)
    assert long.endswith("…")
    assert text_width(long, 12) <= 100


def test_labels_move_out_of_each_others_way() -> None:
    room = Room(400, 200)
    labels = [label_beside(room, "Aleppo", 200, 100, 30, 30) for _ in range(8)]
    assert [label.anchor for label in labels if label] == [
        *("start", "end", "middle", "middle"),
        *("start", "start", "end", "end"),
    ]
    assert label_beside(room, "Aleppo", 200, 100, 30, 30) is None


def test_a_label_does_not_leave_the_picture() -> None:
    room = Room(400, 200)
    label = label_beside(room, "Deir ez Zor", 395, 100, 12, 12)
    assert label
    assert label.anchor == "end"


def test_a_window_is_named_shortly_and_within_its_bounds() -> None:
    assert window_at(34.87654321, 38.75, 794).parameters == {"at": "34.88,38.75", "wide": "790"}
    assert window_at(0, 190, 1).parameters == {"at": "0,-170", "wide": f"{NARROWEST}"}
    assert window_at(0, 0, 1e6).wide == WIDEST
    assert Window().parameters == {}


def test_a_window_moves_by_half_and_back() -> None:
    window = window_at(35, 38, 800)
    east = window.moved(0.5, 0)
    assert east.at
    assert east.at[1] == pytest.approx(42.4, abs=0.1)
    back = east.moved(-0.5, 0)
    assert back.at == pytest.approx(window.at, abs=0.3)
    assert Window().moved(0.5, 0) == Window()


def test_a_window_moves_over_the_antimeridian() -> None:
    at = window_at(-17, 179, 1000).moved(0.5, 0).at
    assert at
    assert -177 < at[1] < -175


def test_zooming_out_ends_at_the_world_and_in_at_the_closest() -> None:
    window: Window | None = window_at(35, 38, 800)
    steps = 0
    while window and not window.is_world:
        window, steps = window.wider(), steps + 1
    assert steps == 4
    window = Window()
    while window:
        window, last = window.closer((35.0, 38.0)), window
    assert last.wide < 2 * NARROWEST


def test_the_scale_is_true() -> None:
    frame = Frame(window_at(35, 38, 860))
    bar = bar_of(frame)
    assert bar
    assert (bar.km, bar.width) == (100, 100)
    assert bar_of(Frame(Window())) is None


def test_a_circle_of_25_km_has_that_radius() -> None:
    frame = Frame(window_at(35, 38, 86))
    path = circle_around(35, 38, frame)
    start = path.removeprefix("M").split("l")[0].split(",")
    x, y = (float(v) for v in start)
    away = np.hypot(x - frame.width / 2, y - frame.height / 2)
    assert away == pytest.approx(250, abs=0.6)

"""The base map: how it is read, laid flat and simplified."""

import json
from pathlib import Path

import numpy as np
import pytest

from events.charts.map.base import CRIMEA, base, is_inside
from events.charts.map.hearts import heart_of, window_of
from events.charts.map.outlines import outlines_in, path_of
from events.charts.map.projections import EqualAreaAzimuthal, EqualEarth
from events.charts.map.topology import RADIUS, read
from events.charts.map.windows import Frame, Window, window_at
from events.charts.map.world import FILE, draw, identifier, world

RUSSIA, UKRAINE, FIJI, ISRAEL, SYRIA, MOROCCO = "643", "804", "242", "376", "760", "504"
SIMFEROPOL, GOLAN, LAAYOUNE = (34.1, 44.95), (35.8, 33.0), (-13.2, 27.1)


def holds(shape: str, place: tuple[float, float]) -> bool:
    shapes = base()
    lines = (shapes.lines(shapes.rings[number], 0) for number in shapes.rings_of[shape])
    return any(is_inside(line, *place) for line in lines)


@pytest.mark.parametrize(
    ("longitude", "latitude", "x", "y"),
    [
        (0, 0, 0, 0),
        (180, 0, 2.70663, 0),
        (0, 90, 0, 1.317363),
        (180, 90, 1.603585, 1.317363),
        # Worked out by hand from the formula of the paper.
        (90, 60, 1.019533, 1.088301),
    ],
)
def test_equal_earth_is_where_its_paper_puts_it(
    longitude: float, latitude: float, x: float, y: float
) -> None:
    found = EqualEarth().project(np.array([longitude]), np.array([latitude]))
    assert [float(v[0]) / RADIUS for v in found] == pytest.approx([x, -y], abs=2e-5)


def test_equal_earth_turns_longitudes_around_its_centre() -> None:
    turned = EqualEarth(centre=11).turned(np.array([-170.0, -168.0, 179.0, 11.0]))
    assert turned.tolist() == [190, -168, 179, 11]


def test_azimuthal_projection_has_the_middle_in_the_middle_and_true_distances_near_it() -> None:
    projection = EqualAreaAzimuthal(38.75, 34.9)
    x, y = projection.project(np.array([38.75, 38.75, 38.75]), np.array([34.9, 35.9, 33.9]))
    assert x.tolist() == pytest.approx([0, 0, 0], abs=1e-9)
    assert y.tolist() == pytest.approx([0, -111.19, 111.19], abs=0.02)


def test_a_quarter_of_the_globe_away_is_the_square_root_of_two_radii_away() -> None:
    x, y = EqualAreaAzimuthal(0, 0).project(np.array([90.0]), np.array([0.0]))
    assert float(np.hypot(x, y)[0]) == pytest.approx(RADIUS * 2**0.5)


@pytest.mark.parametrize("place", [(36.6, 35.4), (179.9, -17.8), (-70.0, 80.0), (38.75, 34.9)])
def test_azimuthal_projection_can_be_turned_back(place: tuple[float, float]) -> None:
    projection = EqualAreaAzimuthal(38.75, 34.9)
    x, y = projection.project(np.array([place[0]]), np.array([place[1]]))
    assert projection.unproject(float(x[0]), float(y[0])) == pytest.approx(place, abs=1e-6)


@pytest.mark.parametrize("shape", [SYRIA, RUSSIA, FIJI])
def test_both_projections_keep_areas(shape: str) -> None:
    shapes = base()
    number = shapes.rings_of[shape][0]
    line = shapes.lines(shapes.rings[number], 0)
    middle = line.mean(axis=0)
    for projection in (EqualEarth(float(middle[0])), EqualAreaAzimuthal(*middle.tolist())):
        x, y = projection.project(*line.T)
        area = abs((x * np.roll(y, -1) - np.roll(x, -1) * y).sum() / 2)
        assert area == pytest.approx(shapes.areas[number], rel=0.01)


def test_crimea_belongs_to_no_country() -> None:
    assert holds(CRIMEA, SIMFEROPOL)
    assert not holds(RUSSIA, SIMFEROPOL)
    assert not holds(UKRAINE, SIMFEROPOL)
    assert len(base().rings_of[CRIMEA]) == 1


def test_what_the_notes_say_of_the_base_map_is_so() -> None:
    assert holds(ISRAEL, GOLAN)
    assert not holds(SYRIA, GOLAN)
    assert holds(MOROCCO, LAAYOUNE)


def test_a_ring_over_the_antimeridian_runs_on() -> None:
    shapes = base()
    for number in shapes.rings_of[FIJI] + shapes.rings_of[RUSSIA]:
        line = shapes.lines(shapes.rings[number], 0)
        assert np.abs(np.diff(line[:, 0])).max() < 180


def test_fiji_is_whole_in_its_window_and_small_on_the_world() -> None:
    frame = Frame(window_of(FIJI) or Window())
    outline = next(o for o in outlines_in(frame) if o.key == FIJI)
    points = np.concatenate(outline.rings)
    assert frame.holds(*points.T).all()
    assert np.ptp(points[:, 0]) > frame.width / 2
    every = np.concatenate(world()[FIJI].rings)
    assert np.ptp(every[:, 0]) < 20


def test_no_shape_of_the_world_lies_across_it() -> None:
    for key, outline in world().items():
        for ring in outline.rings:
            assert np.abs(np.diff(ring, axis=0)).max() < 100, key
            assert ring[:, 0].min() >= -1
            assert ring[:, 0].max() <= 861


def test_russia_is_one_piece_on_the_world() -> None:
    ring = max(world()[RUSSIA].rings, key=len)
    assert ring[:, 0].max() < 800
    assert np.ptp(ring[:, 0]) > 200


def test_the_static_file_is_what_the_base_map_draws() -> None:
    assert FILE.read_text() == draw()


def test_every_shape_of_the_file_has_an_id_of_its_own() -> None:
    keys = [identifier(key) for key in world()]
    assert len(set(keys)) == len(keys)
    assert identifier("760") == "map-760"


def test_a_part_of_the_world_is_drawn_more_exactly_than_the_world() -> None:
    frame = Frame(window_at(34.9, 38.75, 790))
    syria = next(outline for outline in outlines_in(frame) if outline.key == SYRIA)
    assert len(np.concatenate(syria.rings)) > 2 * len(np.concatenate(world()[SYRIA].rings))


def test_a_picture_of_many_coasts_has_no_more_points_than_one_of_few() -> None:
    for window in (window_at(65, 15, 4000), window_at(0, 20, 9000), window_at(-80, 0, 8000)):
        outlines = outlines_in(Frame(window))
        assert 100 < sum(len(ring) for outline in outlines for ring in outline.rings) < 6000


def test_shapes_are_cut_at_the_edges() -> None:
    frame = Frame(window_at(35.8, 36.6, 120))
    for outline in outlines_in(frame):
        for ring in outline.rings:
            assert ring.min() >= -6.001
            assert (ring <= (frame.width + 6.001, frame.height + 6.001)).all()


def test_neighbours_share_their_border() -> None:
    frame = Frame(window_at(34.9, 38.75, 790))
    outlines = {outline.key: outline for outline in outlines_in(frame)}
    iraq, syria = (
        {tuple(p) for p in np.concatenate(outlines[k].rings).round(3)} for k in ("368", SYRIA)
    )
    assert len(iraq & syria) > 10


def test_the_middle_of_a_country_lies_in_it() -> None:
    for shape in (SYRIA, RUSSIA, FIJI, "840", "578", "152"):
        heart = heart_of(shape)
        assert heart
        assert holds(shape, (heart.longitude, heart.latitude))


def test_far_parts_do_not_belong_to_the_window_of_a_country() -> None:
    window = window_of("250")
    assert window
    assert window.at
    assert 40 < window.at[0] < 52
    assert window.wide < 2_000


def test_there_is_no_window_of_what_has_no_shape() -> None:
    assert heart_of("nothing") is None
    assert window_of("nothing") is None


def test_a_path_is_in_tenths_of_a_pixel() -> None:
    assert path_of(np.array([[0, 0], [10.04, 0], [10.01, 0.02], [10, 5.55]])) == "M0,0l10,0 0,5.6z"


def test_topology_is_read_by_its_specification(tmp_path: Path) -> None:
    """Two squares side by side, whose common side is one arc that the second runs backwards."""
    file = tmp_path / "two.json"
    arcs = [[[1, 0], [0, 1]], [[1, 1], [-1, 0], [0, -1], [1, 0]], [[1, 0], [1, 0], [0, 1], [-1, 0]]]
    shapes = [
        {"type": "Polygon", "id": "1", "arcs": [[0, 1]], "properties": {"name": "West"}},
        {"type": "MultiPolygon", "arcs": [[[2, -1]]], "properties": {"name": "East"}},
    ]
    content = {
        "transform": {"scale": [10, 10], "translate": [0, -5]},
        "objects": {"squares": {"geometries": shapes}},
        "arcs": arcs,
    }
    file.write_text(json.dumps(content))
    topology = read(file, "squares")
    assert [ring.key for ring in topology.rings] == ["1", "East"]
    corners = [topology.points[topology.places_of(ring, 0)].tolist() for ring in topology.rings]
    assert corners[0] == [[10, -5], [10, 5], [0, 5], [0, -5]]
    assert corners[1] == [[10, -5], [20, -5], [20, 5], [10, 5]]

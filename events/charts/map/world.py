"""The shapes of the whole world, drawn once: a file that browsers keep (`static/map/world.svg`).

A picture of the world refers to shapes of this file by their codes, so that a page brings none of
them. `manage.py draw_world` writes it anew after the base map has changed.
"""

from collections.abc import Iterator
from functools import cache

import numpy as np
from django.conf import settings

from events.charts.map.base import base
from events.charts.map.outlines import Outline, cut_at, path_of
from events.charts.map.topology import Floats
from events.charts.map.windows import Frame, Window

FILE = settings.BASE_DIR / "static" / "map" / "world.svg"
# What `{% static %}` takes.
STATIC = "map/world.svg"
_POINT, _RING = 1.0, 0.6  # square pixels, as in `outlines`


@cache
def world() -> dict[str, Outline]:
    """Every shape by its key; what lies beyond an edge of the world stands at the other, too."""
    frame, shapes = Frame(Window()), base()
    least = _POINT * frame.scale**2
    found = {}
    for key, numbers in shapes.rings_of.items():
        big = [n for n in numbers if shapes.areas[n] >= _RING * frame.scale**2] or numbers[:1]
        lines = [shapes.lines(shapes.rings[number], least) for number in big]
        rings = [ring for line in lines for ring in _laid_flat(line, frame)]
        if rings:
            found[key] = Outline(key, rings)
    return found


def _laid_flat(line: Floats, frame: Frame) -> Iterator[Floats]:
    """A ring, cut where the world ends, and both its parts."""
    if len(line) < 3 or abs(line[-1, 0] - line[0, 0]) > 300 or line[:, 1].max() < -57:
        return  # Antarctica, which lies below the lower edge.
    for turn in (-360, 0, 360):
        turned = line + np.array([turn, 0.0])
        for edge, side in ((11 - 180, 1), (11 + 180, -1)):
            turned = _east_or_west(turned, edge, side)
        if len(turned) > 2:
            yield np.stack(frame.project_line(*turned.T), axis=1)


def _east_or_west(line: Floats, edge: float, side: int) -> Floats:
    """A ring without what lies beyond a meridian."""
    return cut_at(line, side * (line[:, 0] - edge)) if len(line) else line


def identifier(key: str) -> str:
    """By which pictures refer to a shape."""
    return f"map-{key.lower().replace('.', '').replace(' ', '-')}"


def draw() -> str:
    frame = Frame(Window())
    shapes = "".join(
        f'<path id="{identifier(key)}" vector-effect="non-scaling-stroke" d="{outline.path}"/>'
        for key, outline in sorted(world().items())
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {frame.width} {frame.height}">'
        f'<path id="{identifier("sea")}" d="{path_of(frame.sea())}"/>'
        f'<g id="{identifier("land")}">{shapes}</g></svg>\n'
    )

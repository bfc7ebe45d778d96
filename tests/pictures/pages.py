"""What is shown: a page, in a window of some size."""

from dataclasses import dataclass

ATTACK = "/events/khan-sheikhoun-chemical-attack/"


@dataclass(frozen=True, slots=True)
class Picture:
    """`path` is the address below the site; sizes are in pixels. A whole page has no height."""

    name: str
    path: str
    width: int = 1280
    height: int = 800
    is_dark: bool = False
    is_whole: bool = False
    is_rtl: bool = False


PHONE = {"width": 390, "height": 844}
_CHOSEN = "/timeline/?event=khan-sheikhoun-chemical-attack"
ARTICLE = (
    Picture("timeline", "/"),
    Picture("timeline-phone", "/", **PHONE),
    Picture("event", ATTACK, height=1400),
    Picture("event-phone", ATTACK, **PHONE),
    Picture("actor", "/actors/vladimir-putin/"),
    Picture("relation", "/relations/russia/united-states/"),
    Picture("lanes", _CHOSEN, height=1120),
    Picture("lanes-dark", _CHOSEN, height=1120, is_dark=True),
    Picture("lanes-phone", "/timeline/", **PHONE),
    Picture("lanes-table", "/timeline/?view=table", height=880),
    Picture("map", "/map/", height=760),
    Picture("map-phone", "/map/", **PHONE),
)
# More of the article, to be looked at.
ARTICLE_ASIDE = (
    Picture("timeline-dark-1280", "/", is_dark=True),
    Picture("lanes-rtl-1280", _CHOSEN, is_rtl=True, is_whole=True),
    Picture("lanes-april-1280", "/timeline/?span=2017-04", is_whole=True),
    Picture("lanes-390", _CHOSEN, **PHONE, is_whole=True),
    Picture("map-world-dark-1280", "/map/", is_dark=True, is_whole=True),
    Picture("map-world-rtl-1280", "/map/", is_rtl=True, is_whole=True),
)
_SYRIA, _IDLIB = "/map/?at=34.84,38.98&wide=900", "/map/?at=35.8,36.6&wide=120"
_APRIL = "&since=2017-04&until=2017-04"
MAPS = (
    Picture("map-world-1280", "/map/", is_whole=True),
    Picture("map-world-390", "/map/", **PHONE, is_whole=True),
    Picture("map-syria-1280", _SYRIA, is_whole=True),
    Picture("map-syria-390", _SYRIA, **PHONE, is_whole=True),
    Picture("map-idlib-1280", f"{_IDLIB}{_APRIL}", is_whole=True),
    Picture("map-syria-dark-1280", _SYRIA, is_dark=True, is_whole=True),
    Picture("map-syria-rtl-1280", _SYRIA, is_rtl=True, is_whole=True),
)
_COUNTRIES, _MONTHS = "/timeline/?lanes=country", "/timeline/?country=SYR&span=2017-01/2017-04"
LANES = (
    Picture("lanes-week-1280", "/timeline/?country=SYR&span=2017-04-03/2017-04-09", is_whole=True),
    Picture("lanes-months-1280", _MONTHS, is_whole=True),
    Picture("lanes-all-1280", _COUNTRIES, is_whole=True),
    Picture("lanes-all-390", _COUNTRIES, **PHONE, is_whole=True),
    Picture("lanes-same-1280", f"{_COUNTRIES}&height=same", is_whole=True),
    Picture("lanes-zoom-1280", f"{_COUNTRIES}&span=2017-04", is_whole=True),
    Picture("lanes-table-1280", f"{_COUNTRIES}&view=table", is_whole=True),
    Picture("lanes-dark-1280", _MONTHS, is_dark=True, is_whole=True),
    Picture("lanes-rtl-1280", _MONTHS, is_rtl=True, is_whole=True),
)
_SIZES = {"390": (390, 844), "768": (768, 1024), "1440": (1440, 900)}
_LISTS = {"all": "/", "syria": "/?country=SYR", "full": "/?view=full"}
GED = (
    *(
        Picture(f"{name}-{size}{'-dark' if is_dark else ''}", path, width, height, is_dark)
        for name, path in _LISTS.items()
        for size, (width, height) in _SIZES.items()
        for is_dark in (False, True)
    ),
    Picture("rtl-1440", "/", 1440, 900, is_rtl=True),
    *LANES,
    *MAPS,
)

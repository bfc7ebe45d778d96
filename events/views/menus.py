"""The menus of the filter bar of events, on the list and on its other pictures."""

from django.utils.translation import gettext as _

from config.lists.menus import Group

# Facets that stand behind "More".
_MORE = ("standing", "kind", "location", "speaker", "source")


def menus_of_events() -> list[Group]:
    return [
        Group("who", _("Who"), ["actor"]),
        Group("country", _("Country"), ["country"]),
        Group("when", _("When"), ["year", "basis"], has_range=True),
        Group("more", _("More"), _MORE, has_options=True),
    ]

"""Citations, edited on the page of the record that they support."""

from config.admin import CitedWhenPublished, TabularInline
from events.models import Citation


class CitationInline(TabularInline):
    model = Citation
    fields = ["source", "locator", "aspect", "access", "via", "note"]
    autocomplete_fields = ["source", "via"]
    select_related = ("source",)
    show_change_link = True


class RequiredCitationInline(CitationInline):
    """Of a record that is not published without one."""

    formset = CitedWhenPublished

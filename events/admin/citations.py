"""Citations, edited on the page of the record that they support."""

from typing import Any

from django.db.models import Field
from django.forms import TypedChoiceField
from django.http import HttpRequest

from actors.models import Country
from config.admin import CitedWhenPublished, TabularInline
from events.models import Citation


class CitationInline(TabularInline):
    model = Citation
    fields = ["source", "locator", "aspect", "access", "via", "note"]
    autocomplete_fields = ["source", "via"]
    select_related = ("source",)
    show_change_link = True

    def formfield_for_choice_field(
        self, db_field: "Field[Any, Any]", request: HttpRequest, **kwargs: Any
    ) -> TypedChoiceField | None:
        """Codes and years of a country are offered for a country alone."""
        if db_field.name == "aspect" and self.parent_model is not Country:
            beyond = Citation.Aspect.of_countries()
            kwargs["choices"] = [
                (v, label) for v, label in Citation.Aspect.choices if v not in beyond
            ]
        return super().formfield_for_choice_field(db_field, request, **kwargs)


class RequiredCitationInline(CitationInline):
    """Of a record that is not published without one."""

    formset = CitedWhenPublished

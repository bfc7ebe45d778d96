"""Curating the words of a chronology: kinds of event, kinds of actor and roles."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.admin.base import CuratedAdmin
from config.admin.slugs import SlugForm

# Of a name that the slug is made of.
_LENGTH = 50


class VocabularyForm(SlugForm):
    """The slug is made from the name where none is given. One in use by its slug stays."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" not in self.fields:  # the word may be looked at alone
            return
        self.fields["slug"].required = False
        self.fields["slug"].help_text = _(
            "Filters and outputs know it by this. Made from the name where you leave it empty."
        )

    def clean_slug(self) -> str:
        name = str(self.cleaned_data.get("name", ""))
        given = str(self.cleaned_data["slug"])
        # The name stands before the slug in the form, so that it is cleaned by now.
        slug = given or str(self.instance.slug) or slugify(name)[:_LENGTH].strip("-")  # type: ignore[attr-defined]
        if not slug:
            raise ValidationError(_("Give it a slug: none can be made from this name."), "no_slug")
        self.cleaned_data["slug"] = slug
        self._refuse_to_rename(slug)
        return super().clean_slug()

    def _refuse_to_rename(self, slug: str) -> None:
        word: Any = self.instance
        if word.pk is None or slug == word.slug:
            return
        for relation in word._meta.related_objects:
            is_by_slug = relation.field.remote_field.field_name == "slug"
            rows = relation.related_model._default_manager.filter(**{relation.field.name: word})
            if is_by_slug and rows.exists():
                message = _("“%(slug)s” is in use and stays. The name can be changed.")
                raise ValidationError(message, "slug_in_use", {"slug": word.slug})


class VocabularyAdmin(CuratedAdmin):
    """Found by name, synonyms and description. `more_fields` are those of one vocabulary alone."""

    form = VocabularyForm
    section = gettext_lazy("Words we use")
    ordering = ["order", "name", "pk"]
    prepopulated_fields = {"slug": ["name"]}
    list_display = ["name", "description", "order"]
    more_fields: tuple[str, ...] = ()

    def get_fieldsets(self, request: HttpRequest, obj: Any | None = None) -> Any:
        own = ["name", "description", *self.more_fields, "synonyms", "order"]
        address = {"fields": ["slug"], "classes": ["collapse"]}
        return [(None, {"fields": own}), (_("Its name in addresses"), address)]

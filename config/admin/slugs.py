"""Slugs in forms: what a change of one means, and which are never given again."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.text import slugify
from django.utils.translation import gettext as _

from config import rights
from config.http.former_slugs import holder_of

if TYPE_CHECKING:
    _ModelForm = forms.ModelForm[Model]
else:
    _ModelForm = forms.ModelForm


class SlugForm(_ModelForm):
    """Tells that a former slug goes on leading to the record; refuses that of another record."""

    # The account that fills in the form.
    user: Any = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields and self.instance.pk is not None:
            self.fields["slug"].help_text = _(
                "Its name in addresses. After a change the former one goes on leading here."
            )

    # Called for a field of this name alone.

    def clean_slug(self) -> str:
        return self._refuse_former("slug")

    def clean_iso3(self) -> str:
        return self._refuse_former("iso3")

    def _refuse_former(self, name: str) -> str:
        slug = str(self.cleaned_data[name])
        model: Any = self._meta.model
        record: Any = self.instance
        holder = holder_of(model, slug) if name in self.changed_data else None
        if holder is None or holder == record.uuid:
            return slug
        rows = model._default_manager.filter(uuid=holder)
        record = rights.seen(rows, self.user).first() if self.user else rows.first()
        if record:
            message = _(
                "“%(slug)s” is a former one of “%(record)s”, and no other record can have it."
            )
        elif rows.exists():
            message = _("“%(slug)s” is a former one of another record, and is not given again.")
        else:
            message = _(
                "“%(slug)s” is a former one of a record that is gone, and is not given again."
            )
        raise ValidationError(message, "former_slug", {"slug": slug, "record": record})


def free_slug(model: type[Model], name: str) -> str:
    """A slug of the name that no record of the kind has or had."""
    longest = model._meta.get_field("slug").max_length or 50  # type: ignore[union-attr]
    stem = slugify(name)[: longest - 5].strip("-") or str(model._meta.model_name)
    rows: Any = model._default_manager
    number = 1
    while True:
        slug = stem if number == 1 else f"{stem}-{number}"
        if not rows.filter(slug=slug).exists() and holder_of(model, slug) is None:
            return slug
        number += 1

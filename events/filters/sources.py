"""The query parameters of the list of sources, and of what one of them supports."""

from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.http.former_slugs import present_slugs
from config.lists.filtering import StrictFilterSet, TextFilter, WordFilter, WordsFilter
from config.search.filters import SearchingFilterSet
from events.filters.count_words import SOURCES
from events.models import Citation, Source
from events.models.aspects import NAMED_BY
from events.models.citations import CitationQuerySet
from events.models.support import TARGETS


class SourceFilterSet(SearchingFilterSet):
    COUNT_WORDS = SOURCES
    MEANINGS = {"q": gettext_lazy("Words of title, author or publisher, or how they begin.")}

    q = TextFilter(label=gettext_lazy("Title"), method="by_words")
    kind = WordsFilter(label=gettext_lazy("Kind"), choices=Source.Kind.choices)

    class Meta:
        model = Source
        fields: list[str] = []


def _model_of(target: str) -> Any:
    return Citation._meta.get_field(target).related_model


class RecordField(forms.CharField):
    """`event:some-slug`, `country:SYR` or `statement:12`; cleaned to the kind and its key."""

    def clean(self, value: Any) -> tuple[str, int] | None:
        text = super().clean(value)
        if not text:
            return None
        target, _colon, name = text.partition(":")
        found = self._find(target, name) if target in TARGETS else None
        if found is None:
            raise forms.ValidationError(_("There is no “%(text)s” here."), params={"text": text})
        return target, found

    def _find(self, target: str, name: str) -> int | None:
        model = _model_of(target)
        if target in NAMED_BY:
            rows = model.objects.published().filter(**{NAMED_BY[target]: name})
        elif name.isascii() and name.isdigit() and len(name) < 19:
            rows = model.objects.published().filter(pk=name)
        else:
            return None
        found: int | None = rows.values_list("pk", flat=True).first()
        return found


class RecordFilter(TextFilter):
    field_class = RecordField


def _with_present_slug(text: str) -> str:
    """What `record` takes, with the present slug of a record that is named by a former one."""
    target, _colon, name = text.partition(":")
    if target not in NAMED_BY:
        return text
    present = present_slugs(_model_of(target).objects.published(), NAMED_BY[target], [name])
    return f"{target}:{present.get(name, name)}"


class CitationFilterSet(StrictFilterSet):
    """What a source supports, on its page."""

    OTHER_PARAMETERS = frozenset({"after"})
    # Others belong to the list in which the source was found.
    PARAMETERS = frozenset({"access", "record", "after"})

    access = WordFilter(label=gettext_lazy("Read"), choices=Citation.Access.choices)
    record = RecordFilter(label=gettext_lazy("Record"), method="by_record")

    class Meta:
        model = Citation
        fields: list[str] = []

    def __init__(self, data: QueryDict, *, queryset: QuerySet[Any]) -> None:
        super().__init__(data, queryset=queryset)
        records = [_with_present_slug(text) for text in self.data.getlist("record")]
        if records:
            self.data.setlist("record", records)

    def narrow(self, *, excluding: str = "") -> CitationQuerySet:
        return cast(CitationQuerySet, super().narrow(excluding=excluding))

    def by_record(
        self, rows: CitationQuerySet, name: str, value: tuple[str, int]
    ) -> CitationQuerySet:
        target, key = value
        return rows.filter(**{target: key})

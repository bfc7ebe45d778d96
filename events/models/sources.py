from typing import Self

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy

from config.db.constraints import check, is_control_free, is_given, is_one_of, slug_is_plain
from config.db.fields import derived
from config.db.publication import Publishable, PublishableQuerySet, State
from config.db.text import LineField, ProseField
from config.edtf.dates import UncertainDate, parse
from config.edtf.fields import EdtfField, first_day_of
from config.http.addresses import address_of
from config.search.rows import SearchedQuerySet, name_vector


class SourceKind(models.TextChoices):
    ARTICLE = "article", gettext_lazy("Article")
    REPORT = "report", gettext_lazy("Report")
    BOOK = "book", gettext_lazy("Book")
    DATASET = "dataset", gettext_lazy("Data set")
    GAZETTEER = "gazetteer", gettext_lazy("Gazetteer")
    DOCUMENT = "document", gettext_lazy("Document")
    RECORDING = "recording", gettext_lazy("Recording")
    OTHER = "other", gettext_lazy("Other")


_KINDS = dict(SourceKind.choices)


# What a source is found by.
_WORDS = name_vector("title", "author", "publisher", function="names_vector")


class SourceQuerySet(  # type: ignore[override]
    PublishableQuerySet["Source"], SearchedQuerySet["Source"]
):
    def get_by_natural_key(self, slug: str) -> "Source":
        return self.get(slug=slug)

    words = _WORDS

    def without_address(self) -> Self:
        return self.in_work().filter(url="")

    def for_list(self) -> Self:
        return self.order_by("sort_title", "pk")


class Source(Publishable):
    """Something that can be read and cited. `date` is its publication, never an event's date."""

    Kind = SourceKind

    slug = models.SlugField(max_length=100, unique=True)
    title = LineField(max_length=500)
    sort_title = derived("sort_key", "title", models.TextField())
    kind = models.CharField(max_length=9, choices=SourceKind)
    author = LineField(
        max_length=300,
        blank=True,
        default="",
        help_text=gettext_lazy(
            "A person as “Family, Given”; several are joined by “;”. What has no comma, such "
            "as the name of an institution, is cited as it stands."
        ),
    )
    publisher = LineField(
        max_length=300,
        blank=True,
        default="",
        help_text=gettext_lazy(
            "Who published it; of an article, the newspaper or journal that it stood in."
        ),
    )
    date = EdtfField(
        verbose_name=gettext_lazy("published"),
        help_text=gettext_lazy("When the source itself was published."),
    )
    date_first_day = first_day_of("date")
    url = models.URLField(gettext_lazy("address"), max_length=2000, blank=True, default="")
    licence = LineField(max_length=200, blank=True, default="")
    note = ProseField(
        blank=True, default="", help_text=gettext_lazy("Curators' note, shown to readers.")
    )

    objects = SourceQuerySet.as_manager()

    class Meta:
        ordering = ["sort_title", "pk"]
        constraints = [
            slug_is_plain("source"),
            is_one_of("source", "state", State),
            is_one_of("source", "kind", SourceKind),
            is_given("source", "title"),
            is_control_free("source", "title", "author", "publisher", "licence", "note"),
            # Whoever writes the row: no javascript: or data: links.
            check(
                "source_url_is_http",
                Q(url="") | Q(url__iregex=r"^https?://[^[:space:][:cntrl:]]+$"),
                gettext_lazy("An address begins with https:// or http:// and has no blanks."),
            ),
        ]
        indexes = [
            # The public list, in the order of the alphabet.
            models.Index(
                name="source_published_by_title",
                fields=["sort_title", "id"],
                condition=Q(state="published"),
            ),
            # Words of title, author and publisher.
            GinIndex(_WORDS, name="source_by_word"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return address_of("sources:source_detail", self.slug)

    def get_kind_display(self) -> str:  # type: ignore[no-redef]
        """As Django gives it, which makes a dictionary of all kinds each time."""
        return str(_KINDS.get(self.kind, self.kind))

    def natural_key(self) -> tuple[str]:
        return (self.slug,)

    @property
    def published_date(self) -> UncertainDate:
        return parse(self.date)

from typing import Self

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy

from config.db.constraints import (
    LANGUAGE,
    check,
    is_control_free,
    is_given,
    is_one_of,
    slug_is_plain,
)
from config.db.fields import derived
from config.db.names import language_name
from config.db.publication import PERMISSIONS, Publishable, PublishableQuerySet, State
from config.db.text import LineField, ProseField
from config.edtf.dates import UncertainDate, parse
from config.edtf.fields import EdtfField, first_day_of
from config.http.addresses import address_of, host_of
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
_HTTP = r"^https?://[^[:space:][:cntrl:]]+$"


# What a source is found by.
_WORDS = name_vector("title", "author", "publisher", function="names_vector")


class SourceQuerySet(  # type: ignore[override]
    PublishableQuerySet["Source"], SearchedQuerySet["Source"]
):
    def get_by_natural_key(self, slug: str) -> "Source":
        return self.get(slug=slug)

    words = _WORDS

    def without_address(self) -> Self:
        """Readers cannot open them, nor a copy of them."""
        return self.in_work().filter(url="", archived_url="")

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
    language = models.CharField(
        max_length=35,
        blank=True,
        default="",
        db_default="",
        help_text=gettext_lazy("In which it is written, as a BCP 47 tag: ar, fr, ru-Latn …"),
    )
    url = models.URLField(gettext_lazy("address"), max_length=2000, blank=True, default="")
    accessed_on = models.DateField(
        gettext_lazy("day of access"),
        null=True,
        blank=True,
        help_text=gettext_lazy("When it was last read at this address."),
    )
    archived_url = models.URLField(
        gettext_lazy("archived address"),
        max_length=2000,
        blank=True,
        default="",
        db_default="",
        help_text=gettext_lazy(
            "A copy that stays when the page goes, in a web archive for example."
        ),
    )
    archived_on = models.DateField(
        gettext_lazy("captured on"),
        null=True,
        blank=True,
        help_text=gettext_lazy("The day on which the archived copy was made."),
    )
    licence = LineField(max_length=200, blank=True, default="")
    note = ProseField(
        blank=True, default="", help_text=gettext_lazy("Curators' note, shown to readers.")
    )

    objects = SourceQuerySet.as_manager()

    class Meta:
        default_permissions = PERMISSIONS
        ordering = ["sort_title", "pk"]
        constraints = [
            slug_is_plain("source"),
            is_one_of("source", "state", State),
            is_one_of("source", "kind", SourceKind),
            is_given("source", "title"),
            is_control_free(
                "source", "title", "author", "publisher", "licence", "note", "internal_note"
            ),
            # Whoever writes the row: no javascript: or data: links.
            *(
                check(
                    f"source_{field}_is_http",
                    Q(**{field: ""}) | Q(**{f"{field}__iregex": _HTTP}),
                    gettext_lazy("An address begins with https:// or http:// and has no blanks."),
                )
                for field in ("url", "archived_url")
            ),
            check(
                "source_accessed_at_an_address",
                Q(accessed_on__isnull=True) | ~Q(url=""),
                gettext_lazy("A day of access needs the address that was read."),
            ),
            check(
                "source_captured_in_an_archive",
                Q(archived_on__isnull=True) | ~Q(archived_url=""),
                gettext_lazy("A day of capture needs the archived address."),
            ),
            check(
                "source_language_is_a_tag",
                Q(language="") | Q(language__regex=LANGUAGE),
                gettext_lazy("A language is a BCP 47 tag such as ar, ru or ru-Latn."),
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
    def host(self) -> str:
        """Of its address: what a link says of where it leads."""
        return host_of(self.url)

    @property
    def archive_host(self) -> str:
        return host_of(self.archived_url)

    @property
    def language_in_words(self) -> str:
        return language_name(self.language)

    @property
    def published_date(self) -> UncertainDate:
        return parse(self.date)

from typing import Self

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy

from actors.models.countries import Country
from actors.models.kinds import ActorKind, Nature
from config.db.constraints import (
    check,
    is_control_free,
    is_given,
    is_one_of,
    language_is_a_tag,
    slug_is_plain,
)
from config.db.fields import derived
from config.db.names import SearchableName
from config.db.publication import PERMISSIONS, Publishable, State
from config.db.text import LineField, ProseField
from config.db.trees import TreeQuerySet, TreeRow
from config.http.addresses import address_of
from config.search.names import NamedQuerySet
from config.search.rows import name_vector


class ActorQuerySet(  # type: ignore[override]
    TreeQuerySet["Actor"], NamedQuerySet["Actor"]
):
    def get_by_natural_key(self, slug: str) -> "Actor":
        return self.get(slug=slug)

    def for_list(self) -> Self:
        return self.for_detail().order_by("sort_name", "pk")

    def for_detail(self) -> Self:
        return self.select_related("kind", "country", "part_of")


class Actor(TreeRow, Publishable):
    """Whoever acts or speaks: a person, a state or one of its bodies, a group, a population."""

    slug = models.SlugField(max_length=100, unique=True)
    name = LineField(max_length=300)
    sort_name = derived("sort_key", "name", models.TextField())
    # The column holds the slug.
    kind = models.ForeignKey(
        ActorKind,
        on_delete=models.RESTRICT,
        to_field="slug",
        db_column="kind",
        db_index=False,
        related_name="actors",
    )
    part_of = models.ForeignKey(
        "self", on_delete=models.RESTRICT, null=True, blank=True, related_name="parts"
    )
    country = models.ForeignKey(
        Country, on_delete=models.RESTRICT, null=True, blank=True, related_name="actors"
    )
    summary = ProseField(
        blank=True, default="", help_text=gettext_lazy("Who this is, in a sentence or two.")
    )
    note = ProseField(
        blank=True, default="", help_text=gettext_lazy("Curators' note, shown to readers.")
    )

    objects = ActorQuerySet.as_manager()

    class Meta:
        default_permissions = PERMISSIONS
        ordering = ["sort_name", "pk"]
        constraints = [
            slug_is_plain("actor"),
            is_one_of("actor", "state", State),
            is_given("actor", "name"),
            is_control_free("actor", "name", "summary", "note", "internal_note"),
            check(
                "actor_is_no_part_of_itself",
                Q(part_of__isnull=True) | ~Q(part_of=F("id")),
                gettext_lazy("Nobody is part of itself."),
            ),
        ]
        indexes = [
            # The public list, in the order of the alphabet.
            models.Index(
                name="actor_published_by_name",
                fields=["sort_name", "id"],
                condition=Q(state="published"),
            ),
            # All that is part of an actor: the filter `actor` of every list.
            GinIndex(name="actor_by_lineage", fields=["lineage"]),
            # Words of a name, whatever searches for them.
            GinIndex(name_vector("name"), name="actor_by_word"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return address_of("actors:actor_detail", self.slug)

    @property
    def is_person(self) -> bool:
        return self.kind.nature == Nature.PERSON

    @property
    def is_plural(self) -> bool:
        """Whether pages say "they" of it: a person, whose gender is not recorded, or people."""
        return self.kind.nature in (Nature.PERSON, Nature.GROUP)

    def natural_key(self) -> tuple[str]:
        return (self.slug,)

    natural_key.dependencies = ["actors.actorkind", "actors.country"]  # type: ignore[attr-defined]


class ActorNameQuerySet(models.QuerySet["ActorName"]):
    def get_by_natural_key(self, slug: str, language: str, name: str) -> "ActorName":
        return self.get(actor__slug=slug, language=language, name=name)

    def published(self) -> Self:
        return self.filter(actor__state=State.PUBLISHED)


class ActorName(SearchableName):
    """Another name of an actor: in another script, an abbreviation, a former name."""

    belongs_to = hidden_with = ("actor",)

    actor = models.ForeignKey(Actor, on_delete=models.CASCADE, related_name="names")

    objects = ActorNameQuerySet.as_manager()

    class Meta:
        ordering = ["language", "sort_name"]
        constraints = [
            models.UniqueConstraint(
                name="actorname_is_given_once", fields=["actor", "language", "name"]
            ),
            language_is_a_tag("actorname"),
            is_given("actorname", "name"),
            is_control_free("actorname", "name"),
        ]
        indexes = [
            # Words of a name in any script.
            GinIndex(name_vector("name"), name="actorname_by_word"),
        ]

    def natural_key(self) -> tuple[str, str, str]:
        return (self.actor.slug, self.language, self.name)

    natural_key.dependencies = ["actors.actor"]  # type: ignore[attr-defined]

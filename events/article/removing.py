"""Takes the article's records away again where nothing of the curators' leans on them.

A row is the article's while it says what the fixtures say, in every field that can be edited; one
that was changed is the curators', and stays. What stays keeps its parts: an event its participants
and citations, a person the names. So nothing that stays loses a source or a name.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.db.models import CASCADE, ForeignKey, Model

from config.db import fixture_files
from events.article.loading import article_title
from events.models import DERIVED, Chronology, Citation, Event, EventLink, Position, Statement

Fields = dict[str, Any]
Rows = dict[type[Model], set[int]]
# What a row is part of, where that is not everything that it would be deleted with.
_OWNER = {EventLink: "from_event", Position: "statement"}
_FIXTURES = ("article", "article_citations")


@dataclass
class Removal:
    """What is taken away, and in words what stays and why."""

    rows: Rows = field(default_factory=lambda: defaultdict(set))
    kept: list[str] = field(default_factory=list)

    @property
    def number(self) -> int:
        return sum(map(len, self.rows.values()))


@transaction.atomic
def remove_article(*, is_trial: bool = False) -> Removal:
    removal = _as_loaded()
    while _keep_what_is_leaned_on(removal) or _keep_parts(removal):
        pass
    if not is_trial:
        _take_away(removal.rows)
        Chronology.objects.filter(**article_title()).update(title="", description="")
    return removal


def _take_away(rows: Rows) -> None:
    """All that leans on the rows goes as well, so their order is no matter to foreign keys. Events
    and statements go first: of what is gone, triggers derive nothing anew."""
    models: list[Any] = sorted(rows, key=lambda model: model not in (Event, Statement))
    for model in models:
        _delete(model, "pk", rows[model])
    for model in models:
        for lists in model._meta.many_to_many:
            _delete(lists.remote_field.through, lists.m2m_field_name(), rows[model])
        for derived, name in _leading_to(model, are_derived=True):
            if derived._meta.managed and derived._meta.get_field(name).db_constraint:
                _delete(derived, name, rows[model])


def _delete(model: Any, name: str, keys: set[int]) -> None:
    """By SQL alone, without a look at what Django would delete with it."""
    rows = model._default_manager.filter(**{f"{name}__in": keys})
    rows._raw_delete(rows.db)


def _as_loaded() -> Removal:
    removal = Removal()
    of_countries = {
        row["source"][0] for row in fixture_files.read_rows("country_citations", Citation)
    }
    cited = {
        row["source"][0] for row in fixture_files.read_rows("article_citations", Citation)
    } - of_countries
    loaded = [row for name in _FIXTURES for row in fixture_files.read(name)]
    loaded += [row for row in fixture_files.read("references") if row["fields"]["slug"] in cited]
    for row in loaded:
        model: Any = apps.get_model(row["model"])
        found = _find(model, row["fields"])
        if found is not None:
            removal.rows[model].add(found)
        elif changed := _find_by_name(model, row["fields"]):
            removal.kept.append(f"{_in_words(changed)}: it was changed.")
    return removal


def _find(model: Any, fields: Fields) -> int | None:
    """The primary key of the row that has all these values, and defaults for the rest."""
    values: Fields = {}
    for column in model._meta.concrete_fields:
        if column.primary_key or column.generated or not column.editable:
            continue
        value = fields.get(column.name, column.get_default())
        if isinstance(column, ForeignKey) and value is not None:
            value = _resolve(column.related_model, value)
            if value is None:
                return None
        values |= {f"{column.name}__isnull": True} if value is None else {column.name: value}
    row = model._default_manager.filter(**values).first()
    if row is None or not _has_same_lists(row, fields):
        return None
    return int(row.pk)


def _has_same_lists(row: Any, fields: Fields) -> bool:
    for column in row._meta.many_to_many:
        wanted = {_resolve(column.related_model, key) for key in fields.get(column.name, [])}
        if wanted != set(getattr(row, column.name).all()):
            return False
    return True


def _resolve(model: Any, key: list[Any] | str) -> Model | None:
    """The fixtures name a kind of actor and a role by the slug alone."""
    parts = [key] if isinstance(key, str) else key
    try:
        found: Model = model._default_manager.get_by_natural_key(*parts)
    except ObjectDoesNotExist:
        return None
    return found


def _find_by_name(model: Any, fields: Fields) -> Model | None:
    names = {name: fields[name] for name in ("slug", "key") if name in fields}
    found: Model | None = model._default_manager.filter(**names).first() if names else None
    return found


def _keep_what_is_leaned_on(removal: Removal) -> bool:
    """Whether anything that stays leads to a row, which then stays as well."""
    is_changed = False
    for model, keys in list(removal.rows.items()):
        for leaning, name in _leading_to(model):
            rows = leaning._default_manager.filter(**{f"{name}__in": keys})
            rows = rows.exclude(pk__in=removal.rows.get(leaning, ()))
            if leaning._meta.auto_created:
                # A row of a list goes with what has the list.
                owner = leaning._meta.auto_created
                rows = rows.exclude(**{f"{owner._meta.model_name}__in": removal.rows[owner]})
            column = leaning._meta.get_field(name).attname
            for row in rows.select_related(name).distinct(column).order_by(column):
                target = getattr(row, name)
                keys.discard(target.pk)
                removal.kept.append(f"{_in_words(target)}: {_in_words(row)} needs it.")
                is_changed = True
    return is_changed


def _leading_to(model: type[Model], *, are_derived: bool = False) -> Iterator[tuple[Any, str]]:
    """The foreign keys that lead to the model, those of lists too: of records or derived rows."""
    relations: list[Any] = model._meta.get_fields(include_hidden=True)
    for relation in relations:
        if relation.auto_created and (relation.one_to_many or relation.one_to_one):
            leaning: Any = relation.related_model
            if (leaning in DERIVED) == are_derived:
                yield leaning, relation.field.name


def _keep_parts(removal: Removal) -> bool:
    """Whether a row is part of one that stays; then it stays as well."""
    is_changed = False
    model: Any
    for model, keys in list(removal.rows.items()):
        for name in _owners(model):
            owner = model._meta.get_field(name).related_model
            rows = model._default_manager.filter(pk__in=keys, **{f"{name}__isnull": False})
            rows = rows.exclude(**{f"{name}__in": removal.rows.get(owner, ())})
            if parts := set(rows.values_list("pk", flat=True)):
                keys -= parts
                is_changed = True
    return is_changed


def _owners(model: Any) -> list[str]:
    if model in _OWNER:
        return [_OWNER[model]]
    return [
        column.name
        for column in model._meta.concrete_fields
        if isinstance(column, ForeignKey) and column.remote_field.on_delete is CASCADE
    ]


def _in_words(row: Model) -> str:
    return f"{row._meta.verbose_name} “{row}”"

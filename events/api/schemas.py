"""JSON Schema (2020-12, as OpenAPI 3.1 has it) for the fields of the API, and fields shared."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Model
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy

from config.db.constraints import SLUG
from config.edtf.bounds import day_text
from config.edtf.dates import UncertainDate
from config.http.addresses import address_of
from events.api.resources import Field, Schema
from events.exports.fields import FIELDS, timestamp

TEXT: Schema = {"type": "string"}
NUMBER: Schema = {"type": "number"}
NUMBER_OR_NULL: Schema = {"type": ["number", "null"]}
BOOLEAN: Schema = {"type": "boolean"}
SLUG_TEXT: Schema = {"type": "string", "pattern": SLUG}
UUID_TEXT: Schema = {"type": "string", "format": "uuid"}
SLUG_OR_NULL: Schema = {"type": ["string", "null"], "pattern": SLUG}
COUNTRY: Schema = {"type": ["string", "null"], "pattern": "^[A-Z]{3}$"}
ADDRESS: Schema = {"type": "string", "format": "uri"}
TIME: Schema = {"type": "string", "format": "date-time"}
DAY: Schema = {"type": ["string", "null"], "pattern": "^-?[0-9]{4,}-[0-9]{2}-[0-9]{2}$"}


def word(values: Iterable[tuple[Any, Any]]) -> Schema:
    """One of the words of a model's choices."""
    return {"type": "string", "enum": [str(value) for value, _label in values]}


def record(**members: Schema) -> Schema:
    return {
        "type": "object",
        "properties": members,
        "required": list(members),
        "additionalProperties": False,
    }


def nullable(schema: Schema) -> Schema:
    return schema | {"type": [schema["type"], "null"]}


def many(schema: Schema) -> Schema:
    return {"type": "array", "items": schema}


NAMED = record(slug=SLUG_TEXT, name=TEXT)
NAMES = many(record(uuid=UUID_TEXT, language=TEXT, name=TEXT))


def named(row: Any) -> dict[str, str] | None:
    """Slug and name of a row; None for none, and for one that the public may not see."""
    if row is None or not row.is_published:
        return None
    return {"slug": row.slug, "name": str(row)}


def column(name: str, schema: Schema, description: Any) -> dict[str, Field]:
    """A field that is a column of the row."""
    return {name: Field(schema, description, lambda batch, row: getattr(row, name))}


def names_field() -> dict[str, Field]:
    def names(batch: Any, row: Any) -> list[dict[str, str]]:
        return [
            {"uuid": str(n.uuid), "language": n.language, "name": n.name} for n in row.names.all()
        ]

    description = gettext_lazy("Other names, each with its language (BCP 47).")
    return {"names": Field(NAMES, description, names)}


def country_field() -> dict[str, Field]:
    def country(batch: Any, row: Any) -> str | None:
        return row.country.iso3 if row.country else None

    return {"country": Field(COUNTRY, gettext_lazy("ISO 3166-1 alpha-3."), country)}


def date_fields(when: Callable[[Any], UncertainDate], of: str | Promise) -> dict[str, Field]:
    """A date as every output of the site gives it; `of` says what it is the date of."""

    def day(number: int | None) -> str | None:
        return None if number is None else day_text(number)

    values: dict[str, tuple[Schema, Callable[[UncertainDate], Any]]] = {
        "date": (TEXT, lambda date: date.text),
        "date_in_words": (TEXT, lambda date: date.words),
        "not_before": (DAY, lambda date: day(date.first_day)),
        "not_after": (DAY, lambda date: day(date.last_day)),
    }

    def field(name: str, schema: Schema, part: Callable[[UncertainDate], Any]) -> Field:
        description = format_lazy("{of} {meaning}", of=of, meaning=FIELDS[name])
        return Field(schema, description, lambda batch, row: part(when(row)))

    return {name: field(name, schema, part) for name, (schema, part) in values.items()}


def address_fields(resource: str, key: str = "slug", *, has_page: bool = True) -> dict[str, Field]:
    """The record's own page, its address in the API, and when it last changed."""

    def page(batch: Any, row: Model) -> str:
        return f"{batch.addresses.base}{row.get_absolute_url()}"  # type: ignore[attr-defined]

    def itself(batch: Any, row: Model) -> str:
        return f"{batch.addresses.base}{address_of(f'api:{resource}_detail', getattr(row, key))}"

    own_page = {"url": Field(ADDRESS, gettext_lazy("Its page."), page)} if has_page else {}
    return {
        "uuid": Field(
            UUID_TEXT,
            gettext_lazy(
                "Its identity, which stays whatever else is changed: urn:uuid:… in feeds and "
                "exports."
            ),
            lambda batch, row: str(row.uuid),
        ),
        **own_page,
        "api_url": Field(ADDRESS, gettext_lazy("Its address in the API."), itself),
        "updated": Field(
            TIME,
            gettext_lazy("When anything of it that is public last changed, in UTC."),
            lambda batch, row: timestamp(row.changed_at),
        ),
    }

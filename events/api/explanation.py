"""What the page that explains the API shows of each resource."""

import json
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.api.examples import EXAMPLES
from events.api.gone import ITEM, GoneFilterSet
from events.api.parameters import Parameter, list_parameters, paged_parameters
from events.api.registry import RESOURCES
from events.api.resources import Resource, Schema


@dataclass(frozen=True, slots=True)
class FieldLine:
    name: str
    kind: str
    description: str


@dataclass(frozen=True, slots=True)
class Section:
    """`calls` are addresses to try; `example` is a record as JSON."""

    resource: Resource
    parameters: list[Parameter]
    fields: list[FieldLine]
    calls: list[str]
    example: str

    @property
    def list_address(self) -> str:
        return reverse(f"api:{self.resource.name}_list")

    @property
    def detail_address(self) -> str:
        return f"{self.list_address}/{{{self.resource.key}}}"


@dataclass(frozen=True, slots=True)
class GoneSection:
    """What the list of events that went takes and gives."""

    address: str
    parameters: list[Parameter]
    fields: list[FieldLine]


_ITEMS: dict[str, Schema] = ITEM["properties"]
_GONE = {
    "uuid": gettext_lazy("The identity of the event, as events have it."),
    "reason": gettext_lazy(
        "not-public: deleted or withdrawn; not-in-filter: public, and not under the filters."
    ),
    "deleted": gettext_lazy("When it went; null where it is public."),
    "updated": gettext_lazy("When it last changed; null where it is not public."),
}


def sections() -> list[Section]:
    return [_section(resource) for resource in RESOURCES.values()]


def gone_section() -> GoneSection:
    fields = [FieldLine(name, _kind(schema), str(_GONE[name])) for name, schema in _ITEMS.items()]
    return GoneSection(reverse("api:gone_list"), paged_parameters(GoneFilterSet), fields)


def _section(resource: Resource) -> Section:
    parameters = list_parameters(resource)
    example = EXAMPLES[resource.name]
    fields = [
        FieldLine(name, _kind(field.schema), str(field.description))
        for name, field in resource.fields.items()
    ]
    calls = [f"{reverse(f'api:{resource.name}_list')}?{_query(parameters)}"]
    if resource.key == "slug":
        # Numbers are given by the database, slugs by the editors.
        calls.append(reverse(f"api:{resource.name}_detail", args=[example["slug"]]))
    text = json.dumps(example, ensure_ascii=False, indent=2)
    return Section(resource, parameters, fields, calls, text)


def _query(parameters: list[Parameter]) -> str:
    """The first filter by records or words, and what every list takes."""
    shown = [parameter for parameter in parameters if parameter.is_many][:1]
    shown += [parameter for parameter in parameters if parameter.name in ("limit", "fields")]
    return "&".join(parameter.example_in_query for parameter in shown)


def _kind(schema: Schema) -> str:
    """The type in a word or two: "text or null"."""
    words = {
        "string": _("text"),
        "array": _("list"),
        "object": _("object"),
        "integer": _("number"),
        "number": _("number"),
        "boolean": _("true or false"),
        "null": _("null"),
    }
    kinds: list[str] = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    return _(" or ").join(words[kind] for kind in kinds)

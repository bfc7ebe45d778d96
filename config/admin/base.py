"""What the admin of every curated model does alike."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.contrib.admin.utils import quote
from django.db import DataError, IntegrityError, connection
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from config import rights
from config.admin.allowed import AsksRights, AsksToPublish
from config.admin.bounds import BoundedRequests
from config.admin.choices import AutocompletesByKey
from config.admin.concurrent import ConcurrentAdmin
from config.admin.dates import DATE_FIELDS, read_date
from config.admin.deleting import NamesWhatGoes
from config.admin.dependents import NAMED_AT_MOST
from config.admin.grid.view import CorrectsInGrid
from config.admin.limits import LimitedRows
from config.admin.numbers import read_number
from config.admin.parts import InParts
from config.admin.picking.addresses import PickedAdmin
from config.admin.picking.asked import MakesAskedDrafts
from config.admin.picking.widgets import PickInput
from config.admin.refusals import all_or_nothing, in_words
from config.admin.slugs import SlugForm
from config.admin.states import ChangesStates
from config.db.publication import Publishable
from config.http.requests import PREVIEW

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as StrOrPromise

_PLAIN_LOOKUPS = ("__exact", "__in", "__isnull")


class CuratedAdmin(
    BoundedRequests,
    LimitedRows,
    MakesAskedDrafts,
    PickedAdmin,
    InParts,
    NamesWhatGoes,
    AutocompletesByKey,
    ConcurrentAdmin,
    AsksRights,
):
    form = SlugForm
    formfield_overrides = DATE_FIELDS
    list_per_page = 50
    list_max_show_all = 200
    save_on_top = True
    show_facets = admin.ShowFacets.NEVER  # ?_facets=1 would count 300,000 rows a dozen times
    show_full_result_count = False
    # Under which heading of the front page it stands; empty: that of its app.
    section: "StrOrPromise" = ""
    # What the list is called among all lists; empty: as the records of its model are.
    list_name: "StrOrPromise" = ""

    class Media:
        # Filters of lists choose records by typing, as forms do.
        js = PickInput.Media.js

    def get_urls(self) -> list[URLPattern]:
        # Every admin answers them; `admin:edtf` is that of any.
        edtf = path("edtf/", self.admin_site.admin_view(read_date), name="edtf")
        number = path("number/", self.admin_site.admin_view(read_number), name="number")
        return [edtf, number, *super().get_urls()]

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest | None = None) -> bool:
        """Only the declared filters: any other lookup lets any staff user run any regex."""
        for ending in _PLAIN_LOOKUPS:
            lookup = lookup.removesuffix(ending)
        filters = self.get_list_filter(request) if request else ()
        own = {getattr(declared, "parameter_name", None) for declared in filters}
        # A kind of actor and a role are chosen by their slug.
        plain = lookup.removesuffix("__id").removesuffix("__slug")
        return lookup in own or plain in filters

    def get_view_on_site_url(self, obj: Model | None = None) -> str | None:
        if obj is None or obj.pk is None or not hasattr(obj, "get_absolute_url"):
            return None
        is_hidden = isinstance(obj, Publishable) and not obj.is_published
        return f"{obj.get_absolute_url()}{f'?{PREVIEW}=1' if is_hidden else ''}"

    # Forms refuse what the database would. What is left (triggers, a race with another curator)
    # comes back as an error of the form, and nothing is written.

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except (IntegrityError, DataError) as error:
            request.refusal = in_words(error)  # type: ignore[attr-defined]
            return super().changeform_view(request, object_id, form_url, extra_context)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        connection.check_constraints()  # the deferred ones, before the curator is told it is saved

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        try:
            return super().delete_view(request, object_id, extra_context)
        except IntegrityError as error:
            self.message_user(request, in_words(error), messages.ERROR)
            name = f"admin:{self.opts.app_label}_{self.opts.model_name}_change"
            return HttpResponseRedirect(reverse(name, args=[quote(object_id)]))

    def delete_model(self, request: HttpRequest, obj: Model) -> None:
        with all_or_nothing():
            super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        with all_or_nothing():
            super().delete_queryset(request, queryset)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if request.method != "POST":
            return super().changelist_view(request, extra_context)
        try:
            with all_or_nothing():
                return super().changelist_view(request, extra_context)
        except IntegrityError as error:
            self.message_user(request, in_words(error), messages.ERROR)
            return HttpResponseRedirect(request.get_full_path())


class PublishableAdmin(CorrectsInGrid, AsksToPublish, ChangesStates, CuratedAdmin):
    """A model with a publication state."""

    actions = ["correct_in_grid", "publish", "withdraw"]
    readonly_fields = ["created_at", "updated_at", "uuid"]

    def get_fieldsets(self, request: HttpRequest, obj: Any | None = None) -> Any:
        fieldsets = list(super().get_fieldsets(request, obj))
        if obj is None:
            return fieldsets
        times = {"fields": [("created_at", "updated_at"), "uuid"], "classes": ["collapse"]}
        return [*fieldsets, (_("History"), times)]


class NamedAdmin(PublishableAdmin):
    """A model with names in several scripts: found by the words of any."""

    searched_columns = ("^slug",)
    prepopulated_fields = {"slug": ["name"]}

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        self._warn_of_namesakes(request, self.model._default_manager.get(pk=form.instance.pk))

    def after_renaming(self, request: HttpRequest, records: list[Any]) -> None:
        for record in records[:NAMED_AT_MOST]:
            self._warn_of_namesakes(request, record)

    def _warn_of_namesakes(self, request: HttpRequest, record: Any) -> None:
        """Two records may be the same one, entered twice."""
        rows: Any = self.model._default_manager.all()
        others = rows.namesakes_of(record)
        shown = [row for row in others if rights.may_see(request.user, row)]
        if len(shown) < len(others):
            told = _("“%(record)s” has a name that a draft of another curator has, too.")
            self.message_user(request, told % {"record": record}, messages.WARNING)
        if shown:
            self._name_namesakes(request, record, shown[:NAMED_AT_MOST])

    def _name_namesakes(self, request: HttpRequest, record: Any, others: list[Any]) -> None:
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_change"
        links = format_html_join(
            ", ", '<a href="{}">{}</a>', ((reverse(name, args=[row.pk]), row) for row in others)
        )
        told = _("“%(record)s” has a name that another record has, too: is it the same one?")
        message = format_html("{} {}", told % {"record": record}, links)
        self.message_user(request, message, messages.WARNING)

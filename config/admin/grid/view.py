"""From the list to the table, its preview, and back to the list: `grid/?ids=1,2` of an admin."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import DataError, IntegrityError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from config.admin.conflicts import BACK
from config.admin.grid import pages
from config.admin.grid.rows import Grid
from config.admin.grid.writing import try_writing, write
from config.admin.keys import is_key
from config.admin.merging import CHOICE
from config.admin.picking.asked import MakesAskedDrafts
from config.admin.refusals import all_or_nothing, in_words
from config.http.keeping import form_number, name_as_saved

if TYPE_CHECKING:
    _ModelAdmin = admin.ModelAdmin[Any]
else:
    _ModelAdmin = admin.ModelAdmin

ROWS = 200  # of one grid
CONFIRM = "_confirm"


class CorrectsInGrid(MakesAskedDrafts, _ModelAdmin):
    # The fields that are worth correcting in many records; the first one names the row.
    grid_fields: Sequence[str] = ()

    def get_urls(self) -> list[URLPattern]:
        name = f"{self.opts.app_label}_{self.opts.model_name}_grid"
        grid = path("grid/", self.admin_site.admin_view(self.grid_view), name=name)
        return [grid, *super().get_urls()]

    @admin.action(permissions=["change"], description=gettext_lazy("Correct in a grid"))
    def correct_in_grid(self, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
        keys = [str(key) for key in queryset.values_list("pk", flat=True)[: ROWS + 1]]
        if len(keys) > ROWS:
            told = _("A grid takes at most %(most)d records. Narrow the list, or tick fewer.")
            self.message_user(request, told % {"most": ROWS}, messages.ERROR)
            return None
        query = {"ids": ",".join(keys)} | (
            {"_changelist_filters": request.GET.urlencode()} if request.GET else {}
        )
        return HttpResponseRedirect(f"{self._address('grid')}?{urlencode(query)}")

    def grid_view(self, request: HttpRequest) -> HttpResponse:
        if not (self.grid_fields and self.has_change_permission(request)):
            raise PermissionDenied
        keys = list(dict.fromkeys(filter(is_key, request.GET.get("ids", "").split(","))))
        if not keys or len(keys) > ROWS:
            told = _("Tick 1 to %(most)d records in the list, and choose “Correct in a grid”.")
            self.message_user(request, told % {"most": ROWS}, messages.ERROR)
            return HttpResponseRedirect(self._back_to_list(request))
        numbers = [int(key) for key in keys]
        if request.method != "POST":
            return self._table(request, Grid(self, request, numbers))
        self.make_asked_drafts(request)
        if CONFIRM in request.POST:
            return self._confirmed(request, numbers)
        return self._answer(request, Grid(self, request, numbers))

    def after_renaming(self, request: HttpRequest, records: list[Any]) -> None:
        """When the first field of the records has changed, in the same transaction."""

    def _answer(self, request: HttpRequest, grid: Grid) -> HttpResponse:
        if BACK in request.POST:
            return self._table(request, grid)
        if not grid.wrong:
            try_writing(grid)
        if grid.wrong or hasattr(request, "refusal"):
            return self._table(request, grid)
        if not (grid.changed or grid.to_ask):
            self.message_user(request, _("Nothing differs from what is stored."), messages.INFO)
            return self._table(request, grid)
        return self._preview(request, grid)

    def _confirmed(self, request: HttpRequest, keys: list[int]) -> HttpResponse:
        """What was to be written is locked, and put together once more: nobody is written over."""
        try:
            with all_or_nothing():
                grid = Grid(self, request, keys, is_locked=True)
                number = 0 if grid.wrong or grid.to_ask else write(grid)
        except (IntegrityError, DataError) as error:
            self.message_user(request, in_words(error), messages.ERROR)
            return self._answer(request, Grid(self, request, keys))
        if not number:
            return self._answer(request, grid)
        told = ngettext(
            "%(number)d record was changed.", "%(number)d records were changed.", number
        )
        self.message_user(request, told % {"number": number}, messages.SUCCESS)
        response = HttpResponseRedirect(self._back_to_list(request))
        name_as_saved(request, response)
        return response

    def _table(self, request: HttpRequest, grid: Grid) -> HttpResponse:
        is_checked = grid.request.method == "POST" and BACK not in request.POST
        more = {
            "title": _("Correct %(names)s in a grid") % {"names": self.opts.verbose_name_plural},
            "problems": list(pages.problems(grid)) if is_checked else [],
            "refusal": getattr(request, "refusal", ()),
            "columns": pages.columns(grid),
            "snapshot": pages.signed(grid),
            "is_posted": request.method == "POST",
        }
        return self._page(request, grid, "admin/grid.html", more)

    def _preview(self, request: HttpRequest, grid: Grid) -> HttpResponse:
        shown = pages.preview(grid)
        more = {
            "title": _("What changes"),
            "previewed": shown,
            "open": sum(one.is_open for each in shown for one in each.asked),
            "as_before": len(grid.rows) - sum(bool(one.changes or one.asked) for one in shown),
            "posted": pages.carried(grid),
            "snapshot": pages.signed(grid, as_sent=True),
            "choice": CHOICE,
            "confirm": CONFIRM,
            "back": BACK,
        }
        return self._page(request, grid, "admin/grid_preview.html", more)

    def _page(
        self, request: HttpRequest, grid: Grid, template: str, more: dict[str, Any]
    ) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "subtitle": None,
            "opts": self.opts,
            "grid": grid,
            "media": self.media + grid.form_class(prefix="").media,
            "to_list": self._back_to_list(request),
            "kept_number": form_number(request),
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, template, context | more)

    def _address(self, page: str) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_{page}")

    def _back_to_list(self, request: HttpRequest) -> str:
        query = request.GET.get("_changelist_filters", "")
        return self._address("changelist") + (f"?{query}" if query else "")

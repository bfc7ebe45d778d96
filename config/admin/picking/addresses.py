"""What static/js/picker.js asks: `pick/`, `pick/make/` and `pick/take-back/` of a model's admin."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, JsonResponse
from django.template.loader import render_to_string
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from config.admin.keys import is_key
from config.admin.picking.drafts import Asked, MakesDrafts
from config.admin.picking.options import Offer


def panel(offer: Offer, text: str, *, name: str = "", is_many: bool = False) -> str:
    """What stands under the box. With the `name` of a field its suggestions are ticked; without,
    they are options of a list box, for the script."""
    given = {
        "offer": offer,
        "making": offer.making,
        "text": text,
        "name": name,
        "stem": name or "_picker",  # what begins so is neither read nor kept
        "is_many": is_many,
    }
    return render_to_string("admin/_picker_panel.html", given)


class PickedAdmin(MakesDrafts):
    """A model whose records are chosen by pickers."""

    def get_urls(self) -> list[URLPattern]:
        views = {"": self.pick_view, "make/": self.make_view, "take-back/": self.take_back_view}
        urls = [
            path(f"pick/{ending}", self.admin_site.admin_view(view), name=self._name_of(ending))
            for ending, view in views.items()
        ]
        return [*urls, *super().get_urls()]

    def _name_of(self, ending: str) -> str:
        name = f"{self.opts.app_label}_{self.opts.model_name}_pick"
        return f"{name}_{ending.strip('/').replace('-', '_')}".rstrip("_")

    def pick_address(self) -> str:
        return reverse(f"admin:{self._name_of('')}", current_app=self.admin_site.name)

    def pick_view(self, request: HttpRequest) -> JsonResponse:
        """`?q=` → what is offered for the words: `options`, and all as HTML in `panel`."""
        if request.method != "GET":
            return _refusal(_("Only GET is answered here."), 405)
        if not self.has_view_permission(request):
            raise PermissionDenied
        text = request.GET.get("q", "")
        offer = self.offer(request, text)
        return JsonResponse(
            {
                "text": text,
                "options": [option.as_json for option in offer.options],
                "doubles": len(offer.doubles),
                "marked": offer.marked,
                "panel": panel(offer, text),
            }
        )

    def make_view(self, request: HttpRequest) -> JsonResponse:
        """Makes the drafts of `text`, a `kind` for each name that is new → what was made."""
        if request.method != "POST":
            return _refusal(_("Only POST is answered here."), 405)
        given = request.POST
        asked = Asked(
            given.get("text", ""),
            given.getlist("kind"),
            given.get("locator", ""),
            given.get("whole") == "1",
        )
        try:
            made = self.make_drafts(request, asked)
        except ValidationError as error:
            return _refusal(" ".join(error.messages), 400)
        rows = self.for_picking(request, self.get_queryset(request))
        option = self.option(rows.get(pk=made.records[-1].pk))
        keys = [record.pk for record in made.records]
        answer: dict[str, Any] = {"option": option.as_json, "keys": keys, "said": made.in_words}
        return JsonResponse(answer | {"takeBack": _("Take it back")}, status=201)

    def take_back_view(self, request: HttpRequest) -> JsonResponse:
        """Deletes the drafts of each `key`, if this account made them and nothing uses them."""
        if request.method != "POST":
            return _refusal(_("Only POST is answered here."), 405)
        keys = [int(key) for key in request.POST.getlist("key") if is_key(key)]
        try:
            self.take_back(request, keys)
        except ValidationError as error:
            return _refusal(" ".join(error.messages), 400)
        return JsonResponse({"said": _("The draft is taken back.")})


def _refusal(problem: str, status: int) -> JsonResponse:
    return JsonResponse({"problem": problem}, status=status)


def picked_admin(site: admin.AdminSite, model: Any) -> PickedAdmin:
    """Of the model that a field leads to."""
    found = site.get_model_admin(model)
    if not isinstance(found, PickedAdmin):
        raise TypeError(f"{model._meta.label}: no picker chooses from it")
    return found

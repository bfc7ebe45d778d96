"""What the search box offers while one types: a fragment, and nothing that a page needs."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from config.lists.filtering import without_blanks
from events.filters.events import EventFilterSet
from events.search.suggestions import MOST, suggest


def suggestion_list(request: HttpRequest) -> HttpResponse:
    """`q` is what is typed; the other filters in force are carried on by each suggestion."""
    typed = request.GET.get("q", "")
    context = {
        "is_too_long": len(typed) > MOST,
        "suggestions": suggest(typed) if len(typed) <= MOST else [],
        "query": _others(request),
    }
    return render(request, "events/_suggestions.html", context)


def _others(request: HttpRequest) -> str:
    rest = without_blanks(request.GET)
    for name in list(rest):
        if name == "q" or name not in EventFilterSet.base_filters:
            rest.pop(name)
    if rest.get("order") == "relevance":
        rest.pop("order")
    return rest.urlencode()

"""What crawlers are told: pages may be read, their other forms and the tools need not be."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from config.http.addresses import absolute, address_of
from events.api.registry import RESOURCES
from events.exports.registry import FORMATS_OF


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """https://www.rfc-editor.org/rfc/rfc9309"""
    addresses = [
        address_of(f"{name}_output", extension)
        for name, formats in FORMATS_OF.items()
        for extension in formats
    ]
    addresses += [address_of(f"api:{name}_list") for name in RESOURCES]
    context = {"addresses": addresses, "sitemap": absolute(request, address_of("sitemap"))}
    return render(request, "robots.txt", context, content_type="text/plain")

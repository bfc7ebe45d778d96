from django.http import HttpRequest, HttpResponse

from config.listing import render_page


def about(request: HttpRequest) -> HttpResponse:
    return render_page(request, "about.html")

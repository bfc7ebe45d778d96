from django.http import HttpRequest, HttpResponse

from config.lists.listing import render_page


def about(request: HttpRequest) -> HttpResponse:
    return render_page(request, "about.html")

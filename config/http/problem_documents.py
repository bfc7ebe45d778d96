"""How a program is told that its query is not understood."""

from collections.abc import Iterable

from django.http import JsonResponse

from config.lists.filtering import Problem


def bad_query(problems: Iterable[Problem]) -> JsonResponse:
    """A problem document (RFC 9457) that names each parameter and what is wrong with it."""
    errors = [{"parameter": problem.parameter, "detail": problem.message} for problem in problems]
    response = JsonResponse(
        {
            "type": "about:blank",
            "title": "Bad Request",
            "status": 400,
            "detail": " ".join(f"{e['parameter']}: {e['detail']}" for e in errors),
            "errors": errors,
        },
        status=400,
        content_type="application/problem+json",
        json_dumps_params={"ensure_ascii": False},
    )
    response["Cache-Control"] = "no-store"
    return response

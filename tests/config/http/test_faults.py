import threading

import psycopg
import pytest
from django.db import InterfaceError, OperationalError, connection
from django.db.utils import DataError

from config.http import faults

pytestmark = pytest.mark.urls("tests.config.pages")
OUTERMOST = [
    "config.http.frames.room_for_frames",
    "config.http.security_headers.complete_headers",
    "config.http.faults.DatabaseFaults",
]
FAILING = "tests.config.pages.FailingMiddleware"


@pytest.fixture
def site(client, settings, tmp_path):
    settings.SECURE_SSL_REDIRECT = False
    settings.STATIC_ROOT = tmp_path
    settings.ALLOWED_HOSTS = ["testserver"]
    client.raise_request_exception = False
    return client


def assert_unavailable(response):
    assert response.status_code == 503
    assert int(response["Retry-After"]) > 0
    assert response["Cache-Control"] == "no-store"
    assert response.content.count(b"<h1>") == 1
    assert not response.cookies


@pytest.mark.parametrize("debug", [True, False])
@pytest.mark.parametrize("page", ["/away", "/lost", "/in_template"])
def test_a_database_that_is_away_in_a_view_or_template_is_a_503(site, settings, page, debug):
    settings.DEBUG = debug
    assert_unavailable(site.get(page))


@pytest.mark.parametrize("debug", [True, False])
@pytest.mark.parametrize("place", [3, -1])
def test_a_database_that_is_away_in_middleware_is_a_503(site, settings, place, debug):
    settings.DEBUG = debug
    settings.MIDDLEWARE = [*settings.MIDDLEWARE]
    settings.MIDDLEWARE.insert(place, FAILING)
    assert_unavailable(site.get("/plain"))


@pytest.mark.parametrize("debug", [True, False])
def test_a_database_that_is_away_for_the_session_is_a_503(site, settings, monkeypatch, debug):
    settings.DEBUG = debug
    monkeypatch.setattr(
        "django.contrib.sessions.backends.db.SessionStore._get_session_from_db",
        lambda self: (_ for _ in ()).throw(psycopg.OperationalError("gone")),
    )
    site.cookies["sessionid"] = "a" * 32
    assert site.get("/in_session").status_code == 503


def test_the_outermost_middleware_is_ours(settings):
    assert settings.MIDDLEWARE[:3] == OUTERMOST


@pytest.mark.parametrize("path", ["/away.json", "/api/away"])
def test_machine_formats_get_a_problem_document(site, path):
    response = site.get(path)
    assert response.status_code == 503
    assert response["Content-Type"] == "application/problem+json"
    assert response["Retry-After"]
    assert response.json()["status"] == 503


def test_another_exception_is_a_plain_500(site):
    response = site.get("/bug")
    assert response.status_code == 500
    assert b"Something went wrong" in response.content
    assert "Retry-After" not in response
    assert site.get("/bug.json").json()["status"] == 500


def test_another_exception_keeps_the_page_of_debug(site, settings):
    settings.DEBUG = True
    response = site.get("/bug")
    assert response.status_code == 500
    assert b"ZeroDivisionError" in response.content


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({"path": "/away"}, 503),
        ({"path": "/bug"}, 500),
        ({"path": "/bug.json"}, 500),
        ({"path": "/plain?q=%00"}, 400),
        ({"path": "/forbidden"}, 403),
        ({"path": "/host", "headers": {"Host": "elsewhere.example"}}, 400),
        ({"path": "/host.json", "headers": {"Host": "elsewhere.example"}}, 400),
        ({"path": "/host", "headers": {"Host": "a,b"}}, 400),
    ],
)
@pytest.mark.parametrize("is_https_asked_for", [False, True])
def test_every_error_carries_the_security_headers(
    site, settings, asked, status, is_https_asked_for
):
    settings.SECURE_SSL_REDIRECT = is_https_asked_for
    response = site.get(**asked, secure=True)
    assert response.status_code == status
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "DENY"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"


def test_a_fault_that_debug_shows_carries_them_too(site, settings):
    settings.DEBUG = True
    settings.MIDDLEWARE = [*settings.MIDDLEWARE]
    settings.MIDDLEWARE.insert(3, FAILING)
    response = site.get("/plain")
    assert response.status_code == 503
    assert response["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize("path", ["/host", "/host.json"])
def test_a_host_that_is_not_ours_is_a_plain_400(site, path):
    response = site.get(path, headers={"Host": "elsewhere.example"})
    assert response.status_code == 400
    assert response["Cache-Control"] == "no-store"
    if path.endswith(".json"):
        assert response["Content-Type"] == "application/problem+json"
        assert "ALLOWED_HOSTS" in response.json()["detail"]
    else:
        assert response.content.count(b"<h1>") == 1
        assert b"ALLOWED_HOSTS" in response.content


def test_a_form_that_is_too_large_is_a_413(site, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 3
    assert site.post("/admin/posted", {f"f{n}": "" for n in range(5)}).status_code == 413
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    response = site.post("/admin/posted", {"f": "x" * 1000})
    assert response.status_code == 413
    assert response.content.count(b"<h1>") == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("state", "title"),
    [
        ("53100", "The disk of the database is full"),
        ("53200", "The database has no memory left"),
        ("53300", "The database has no connection free"),
        ("53400", "The database allows no more for this"),
        ("25006", "The database can only be read just now"),
        ("25P03", "Not available just now"),
        ("25P04", "Not available just now"),
        ("40001", "Two changes met"),
        ("40P01", "Two changes met"),
        ("55P03", "Not available just now"),
        ("57014", "Not available just now"),
        ("58030", "Not available just now"),
    ],
)
def test_what_is_wrong_with_the_database_is_a_503_by_its_name(site, state, title):
    response = site.get(f"/refused/{state}")
    assert_unavailable(response)
    assert f"<h1>{title}</h1>" in response.content.decode()
    problem = site.get(f"/refused/{state}.json")
    assert (problem.status_code, problem.json()["title"]) == (503, title)


@pytest.mark.django_db
@pytest.mark.parametrize("state", ["XX001", "42P01", "22012", "P0001"])
def test_a_mistake_in_a_query_is_a_500(site, state):
    assert site.get(f"/refused/{state}").status_code == 500


def test_a_full_disk_of_the_server_is_a_503_by_its_name(site):
    response = site.get("/full_disk_here")
    assert_unavailable(response)
    assert b"<h1>The disk of the server is full</h1>" in response.content


def test_a_full_disk_that_keeps_the_database_from_starting_is_named():
    words = 'could not write lock file "postmaster.pid": No space left on device'
    fault = faults.fault_in(OperationalError(words))
    assert fault.title == "The disk of the database is full"


def test_the_error_page_asks_nothing_of_the_database(site):
    # No database fixture: pytest-django refuses any query.
    assert_unavailable(site.get("/away"))


def test_mistakes_in_a_query_are_no_fault_of_the_server():
    assert not faults.fault_in(DataError("value too long"))
    mistake = InterfaceError("the cursor is closed")
    mistake.__cause__ = psycopg.InterfaceError("the cursor is closed")
    assert not faults.fault_in(mistake)
    assert not faults.fault_in(None)


@pytest.mark.parametrize("path", ["/pla%00in", "/plain?q=%00", "/plain?a=1&b=x%00y", "/%00.json"])
def test_nul_is_refused_with_a_reason(site, path):
    response = site.get(path)
    assert response.status_code == 400
    assert b"NUL" in response.content


def test_a_doubly_encoded_nul_is_text(site):
    assert site.get("/plain?q=%2500").status_code == 200


def test_healthz_asks_nothing_of_the_database(site):
    assert site.get("/healthz").status_code == 200


@pytest.mark.django_db
def test_readyz_asks_the_database(site, monkeypatch):
    assert site.get("/readyz").status_code == 200
    monkeypatch.setattr(connection, "cursor", _away)
    assert_unavailable(site.get("/readyz"))


def _away():
    raise psycopg.OperationalError("gone")


@pytest.mark.django_db(transaction=True)
def test_a_query_over_its_limit_is_a_503(site):
    assert_unavailable(site.get("/slow"))
    assert site.get("/count").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_a_lock_over_its_limit_is_a_503(site):
    with psycopg.connect(**_parameters()) as other:
        other.execute("LOCK TABLE django_content_type")
        assert_unavailable(site.get("/locked"))
        other.rollback()
    assert site.get("/count").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_an_exhausted_pool_is_a_503(site):
    connection.close()
    taken = []
    try:
        while len(taken) < connection.pool.max_size:
            taken.append(connection.pool.getconn())
        answers = []
        # A thread of its own has no connection yet, as a thread of the server between requests.
        thread = threading.Thread(target=lambda: answers.append(site.get("/count")))
        thread.start()
        thread.join()
        assert_unavailable(answers[0])
    finally:
        for one in taken:
            connection.pool.putconn(one)
    assert site.get("/count").status_code == 200


def _parameters():
    wanted = {"host", "port", "user", "password", "dbname"}
    parameters = connection.get_connection_params()
    return {name: value for name, value in parameters.items() if name in wanted}

"""What the server itself refuses, and how; what it lets through."""

import http.client
import json

import pytest

from tests.serving.sites import Reply, Site

HOST = b"Host: 127.0.0.1\r\n"
CHUNKED = b"Transfer-Encoding: chunked\r\n"
REFUSED = {
    "no request at all": (b"GARBAGE\r\n\r\n", 400),
    "a broken header": (b"GET / HTTP/1.1\r\n" + HOST + b"no colon\r\n\r\n", 400),
    "a bare line feed": (b"GET / HTTP/1.1\r\nHost: 127.0.0.1\nX: y\r\n\r\n", 400),
    "a method in small letters": (b"get / HTTP/1.1\r\n" + HOST + b"\r\n", 400),
    "another version": (b"GET / HTTP/3.0\r\n" + HOST + b"\r\n", 400),
    "no number as length": (b"POST / HTTP/1.1\r\n" + HOST + b"Content-Length: x\r\n\r\n", 400),
    "two lengths": (
        b"POST / HTTP/1.1\r\n" + HOST + b"Content-Length: 3\r\nContent-Length: 4\r\n\r\nabc",
        400,
    ),
    "chunks": (b"POST / HTTP/1.1\r\n" + HOST + CHUNKED + b"\r\n0\r\n\r\n", 411),
    "chunks and a length": (
        b"POST / HTTP/1.1\r\n" + HOST + CHUNKED + b"Content-Length: 3\r\n\r\n0\r\n\r\n",
        411,
    ),
    "chunks in an old version": (b"POST / HTTP/1.0\r\n" + HOST + CHUNKED + b"\r\n0\r\n\r\n", 411),
    "another encoding": (
        b"POST / HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: gzip\r\n\r\n",
        501,
    ),
    "a large body": (b"POST / HTTP/1.1\r\n" + HOST + b"Content-Length: 99999999\r\n\r\n", 413),
    "a large body that waits": (
        b"POST / HTTP/1.1\r\n" + HOST + b"Content-Length: 99999999\r\nExpect: 100-continue\r\n\r\n",
        413,
    ),
    "a long address": (b"GET /?q=" + b"x" * 9_000 + b" HTTP/1.1\r\n" + HOST + b"\r\n", 414),
    "an endless address": (b"GET /" + b"x" * 100_000, 414),
    "a long header": (
        b"GET / HTTP/1.1\r\n" + HOST + b"X: " + b"x" * 40_000 + b"\r\n\r\n",
        431,
    ),
    "a host that is not ours": (
        b"GET / HTTP/1.1\r\nHost: elsewhere.example\r\nConnection: close\r\n\r\n",
        400,
    ),
}
GUARDS = {
    "content-security-policy",
    "x-content-type-options",
    "x-frame-options",
    "referrer-policy",
    "cross-origin-opener-policy",
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_refusal_is_a_plain_page_under_the_headers_of_all_pages(site: Site, name: str) -> None:
    request, status = REFUSED[name]
    reply = Reply(site.raw(request))
    assert reply.status == status
    assert reply.headers.keys() >= GUARDS
    assert "default-src 'none'" in reply.headers["content-security-policy"]
    assert reply.headers["cache-control"] == "no-store"
    assert "server" not in reply.headers
    assert reply.body.count(b"<h1>") == 1
    assert b"waitress" not in reply.body
    assert int(reply.headers["content-length"]) == len(reply.body)


def test_a_machine_is_refused_by_a_problem_document(site: Site) -> None:
    reply = Reply(
        site.raw(b"POST /api/events HTTP/1.1\r\n" + HOST + b"Content-Length: 99999999\r\n\r\n")
    )
    assert reply.headers["content-type"] == "application/problem+json"
    assert json.loads(reply.body)["status"] == 413


def test_who_sends_too_much_reads_why(site: Site) -> None:
    """All is sent before anything is read, as simple clients do."""
    body = b"x" * 12_000_000
    head = b"POST /admin/login/ HTTP/1.1\r\n" + HOST + b"Content-Length: %d\r\n\r\n" % len(body)
    assert Reply(site.raw(head + body)).status == 413


def test_a_request_hidden_in_another_is_not_answered(site: Site) -> None:
    hidden = b"GET /hidden HTTP/1.1\r\n" + HOST + b"\r\n"
    said = site.raw(
        b"POST / HTTP/1.1\r\n" + HOST + CHUNKED + b"Content-Length: 5\r\n\r\n0\r\n\r\n" + hidden
    )
    assert said.count(b"HTTP/1.") == 1


def test_requests_sent_together_are_answered_in_turn(pages: Site) -> None:
    ask = b"GET /asked HTTP/1.1\r\n" + HOST + b"\r\n"
    last = b"GET /healthz HTTP/1.1\r\n" + HOST + b"Connection: close\r\n\r\n"
    said = pages.raw(ask * 3 + last)
    assert said.count(b"HTTP/1.1 200 OK") == 4
    assert said.count(b'"scheme"') == 3
    assert said.endswith(b"alive\n")


def test_the_old_version_is_answered_and_closed(pages: Site) -> None:
    reply = Reply(pages.raw(b"GET /healthz HTTP/1.0\r\n\r\n"))
    assert (reply.status, reply.body) == (200, b"alive\n")
    assert reply.headers["connection"] == "close"


def test_a_connection_stays_open_for_a_minute_and_says_so(site: Site) -> None:
    link = http.client.HTTPConnection("127.0.0.1", site.port, timeout=20)
    link.request("GET", "/")
    first = link.getresponse()
    first.read()
    assert first.headers["Keep-Alive"] == "timeout=60"
    socket_of_first = link.sock
    etag = first.headers["ETag"]
    for request in (
        {"headers": {"If-None-Match": etag}},
        {"method": "HEAD"},
        {"url": "/events.csv"},
        {"url": "/events.csv", "method": "HEAD"},
    ):
        link.request(**({"method": "GET", "url": "/", "headers": {}} | request))
        link.getresponse().read()
        assert link.sock is socket_of_first
    link.close()


def test_a_form_of_some_megabytes_is_taken(pages: Site) -> None:
    link = http.client.HTTPConnection("127.0.0.1", pages.port, timeout=20)
    link.request("POST", "/admin/received", b"x" * 2_000_000, {"Host": "127.0.0.1"})
    # Forms without the token of this site are refused, but only when they have been read.
    assert link.getresponse().status == 403
    link.close()


@pytest.mark.parametrize("method", ["TRACE", "CONNECT", "FOO", "PUT", "DELETE", "POST", "OPTIONS"])
@pytest.mark.parametrize("path", ["/", "/events/", "/events.csv", "/healthz", "/none/"])
def test_a_method_that_is_not_known_is_refused_with_those_that_are(
    site: Site, path: str, method: str
) -> None:
    request = f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
    reply = Reply(site.raw(request.encode()))
    assert (reply.status, reply.headers["allow"]) == (405, "GET, HEAD")
    assert reply.headers.keys() >= GUARDS


@pytest.mark.parametrize("method", ["TRACE", "CONNECT", "FOO", "PUT"])
def test_the_admin_takes_forms_alone(site: Site, method: str) -> None:
    request = f"{method} /admin/ HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
    reply = Reply(site.raw(request.encode()))
    assert (reply.status, reply.headers["allow"]) == (405, "GET, HEAD, POST, OPTIONS")

"""Pages and exports are sent compressed to who takes it, and are the same when unpacked."""

import gzip
import random
import zlib
from collections.abc import Iterator

import pytest
from django.core.cache import caches
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from tests.factories import make_event

pytestmark = pytest.mark.django_db
GZIP = {"Accept-Encoding": "gzip, deflate, br"}


@pytest.fixture(autouse=True)
def _kept(settings: Settings) -> Iterator[None]:
    settings.CACHES = {
        name: {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": name}
        for name in ("default", "pages", "api", "counts")
    }
    yield
    for cache in caches.all():
        cache.clear()


@pytest.mark.parametrize("address", ["/", "/events/", "/actors/", "/about/", "/api/events"])
def test_a_page_is_a_fraction_of_its_size(client: Client, address: str) -> None:
    for day in range(20):
        make_event(date=f"2017-04-{day + 1:02}")
    plain = client.get(address)
    assert "Content-Encoding" not in plain
    for _ in ("made", "kept"):
        packed = client.get(address, headers=GZIP)
        assert packed["Content-Encoding"] == "gzip"
        assert int(packed["Content-Length"]) == len(packed.content) < len(plain.content) / 2
        assert gzip.decompress(packed.content) == plain.content
        assert packed["ETag"].startswith('W/"')
        assert "Accept-Encoding" in packed["Vary"]
    assert "Accept-Encoding" in plain["Vary"]
    assert client.get(address).content == plain.content


def test_an_unchanged_page_is_known_in_either_form(client: Client) -> None:
    etag = client.get("/", headers=GZIP)["ETag"]
    for headers in (GZIP, {}):
        unchanged = client.get("/", headers=headers | {"If-None-Match": etag})
        assert (unchanged.status_code, unchanged.content) == (304, b"")


def test_a_kept_page_is_compressed_once(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    first = client.get("/", headers=GZIP)
    with django_assert_num_queries(1):
        assert client.get("/", headers=GZIP).content == first.content


@pytest.mark.parametrize("extension", ["csv", "json", "jsonld", "ics"])
def test_an_export_is_compressed_while_it_is_written(
    client: Client, monkeypatch: pytest.MonkeyPatch, extension: str
) -> None:
    monkeypatch.setattr("events.exports.records.CHUNK", 1)
    monkeypatch.setattr("events.exports.stream._PIECE", 1)
    chance = random.Random(1)  # noqa: S311
    for day in range(20):
        make_event(date=f"2017-04-{day + 1:02}", summary=chance.randbytes(9_000).hex(" ", 4))
    plain = b"".join(client.get(f"/events.{extension}").streaming_content)
    packed = client.get(f"/events.{extension}", headers=GZIP)
    assert (packed.streaming, packed["Content-Encoding"]) == (True, "gzip")
    pieces = [piece for piece in packed.streaming_content if piece]
    assert len(pieces) > 2
    unpacked = zlib.decompressobj(wbits=31).decompress(b"".join(pieces))
    assert len(b"".join(pieces)) < len(unpacked) * 0.7
    if extension == "csv":
        assert unpacked == plain


def test_an_error_is_compressed_too_and_short_answers_are_not(client: Client) -> None:
    assert client.get("/none/", headers=GZIP)["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in client.get("/healthz", headers=GZIP)


def test_tokens_of_forms_are_masked_anew_each_time(admin_client: Client) -> None:
    """So their length tells nothing of them, which compression would."""
    pages = [admin_client.get("/admin/password_change/", headers=GZIP) for _ in range(2)]
    tokens = [
        gzip.decompress(page.content).split(b'csrfmiddlewaretoken" value="')[1][:64]
        for page in pages
    ]
    assert tokens[0] != tokens[1]

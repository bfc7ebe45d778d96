import stat
import subprocess
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import environment

NAME = "CHANCERY_TRIAL"


@pytest.fixture
def given(monkeypatch):
    monkeypatch.delenv(NAME, raising=False)
    return lambda value: monkeypatch.setenv(NAME, value)


@pytest.mark.parametrize("text", ["1", "true", "YES", " on "])
def test_boolean_true(given, text):
    given(text)
    assert environment.boolean(NAME) is True


@pytest.mark.parametrize("text", ["", "0", "False", "no", "off"])
def test_boolean_false(given, text):
    given(text)
    assert environment.boolean(NAME, default=True) is False


@pytest.mark.parametrize("default", [True, False])
def test_boolean_unset_is_the_default(given, default):
    assert environment.boolean(NAME, default=default) is default


def test_boolean_nonsense_is_named(given):
    given("perhaps")
    with pytest.raises(ImproperlyConfigured, match=f"{NAME} is 'perhaps'"):
        environment.boolean(NAME)


@pytest.mark.parametrize(("text", "number"), [("", 7), (" 3 ", 3), ("0", 0), ("10", 10)])
def test_integer(given, text, number):
    given(text)
    assert environment.integer(NAME, default=7, low=0, high=10) == number


@pytest.mark.parametrize("text", ["-1", "11", "1.5", "ten", "٣", "9" * 5000, "1e1"])
def test_integer_nonsense_is_named(given, text):
    given(text)
    with pytest.raises(ImproperlyConfigured, match=f"{NAME} is .* from 0 to 10"):
        environment.integer(NAME, default=7, low=0, high=10)


@pytest.mark.parametrize(
    ("text", "words"), [("", ["x"]), (" , ", ["x"]), ("a", ["a"]), (" a , b,,c ", ["a", "b", "c"])]
)
def test_words(given, text, words):
    given(text)
    assert environment.words(NAME, default=["x"]) == words


def test_secret_key_given(given, tmp_path):
    given("k" * 50)
    assert environment.secret_key(NAME, file=tmp_path / "key") == "k" * 50
    assert not (tmp_path / "key").exists()


def test_secret_key_too_short(given, tmp_path):
    given("k" * 49)
    with pytest.raises(ImproperlyConfigured, match="49 characters"):
        environment.secret_key(NAME, file=tmp_path / "key")


def test_secret_key_is_made_once_and_private(given, tmp_path):
    file = tmp_path / "var" / "key"
    key = environment.secret_key(NAME, file=file)
    assert len(key) >= 50
    assert environment.secret_key(NAME, file=file) == key
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert list(file.parent.iterdir()) == [file]


def test_secret_key_is_one_for_all_that_start_together(tmp_path):
    code = (
        "import sys; from pathlib import Path; from config import environment;"
        f"sys.stdout.write(environment.secret_key('{NAME}', file=Path(sys.argv[1])))"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "key")]
    started = [subprocess.Popen(command, stdout=subprocess.PIPE) for _ in range(4)]
    assert len({process.communicate(timeout=30)[0] for process in started}) == 1


def test_secret_key_that_cannot_be_kept(given, tmp_path):
    folder = tmp_path / "key"
    folder.mkdir()
    with pytest.raises(ImproperlyConfigured, match=f"{NAME} is not set"):
        environment.secret_key(NAME, file=folder)


def test_postgresql_unset(given):
    assert environment.postgresql(NAME) is None


def test_postgresql_in_full(given):
    given("postgresql://ann%40x:p%2Fw@db.example:5433/news?sslmode=require&connect_timeout=3")
    assert environment.postgresql(NAME) == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "news",
        "USER": "ann@x",
        "PASSWORD": "p/w",
        "HOST": "db.example",
        "PORT": "5433",
        "OPTIONS": {"sslmode": "require", "connect_timeout": "3"},
    }


def test_postgresql_by_socket(given):
    given("postgres:///news?host=/run/postgresql")
    database = environment.postgresql(NAME)
    assert database["HOST"] == "/run/postgresql"
    assert (database["USER"], database["PORT"], database["OPTIONS"]) == ("", "", {})


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("mysql://h/d", "must begin with postgresql://"),
        ("nonsense", "must begin with postgresql://"),
        ("postgresql://h", "must name one database"),
        ("postgresql://h/a/b", "must name one database"),
        ("postgresql://h:port/d", "is no URL"),
        ("postgresql://[::1/d", "is no URL"),
        ("postgresql://h/d?pool=1", "unknown option: pool"),
    ],
)
def test_postgresql_nonsense_is_named(given, url, message):
    given(url)
    with pytest.raises(ImproperlyConfigured, match=f"{NAME} .*{message}"):
        environment.postgresql(NAME)


@pytest.mark.parametrize(
    ("text", "site"),
    [
        ("", ""),
        ("https://chronology.example", "https://chronology.example"),
        (" http://localhost:8000/ ", "http://localhost:8000"),
        ("HTTPS://Chronology.Example/", "https://chronology.example"),
        ("http://127.0.0.1:80", "http://127.0.0.1:80"),
        ("https://[::1]:8443", "https://[::1]:8443"),
    ],
)
def test_address_of_a_site(given, text, site):
    given(text)
    assert environment.origin(NAME) == site


@pytest.mark.parametrize(
    "text",
    [
        "chronology.example",
        "ftp://chronology.example",
        "javascript://chronology.example",
        "https://",
        "https://chronology.example/events",
        "https://chronology.example//",
        "https://chronology.example?a=b",
        "https://chronology.example#top",
        "https://user:secret@chronology.example",
        "https://chronology.example:port",
        "https://chronology.example:99999",
        "https://chronology.example:",
        "https://[::1",
        "https://two words",
        'https://chronology.example"',
        "https://chron\nology.example",
        "https://é.example",
    ],
)
def test_nonsense_as_the_address_of_a_site_is_named(given, text):
    given(text)
    with pytest.raises(ImproperlyConfigured, match=f"{NAME} is "):
        environment.origin(NAME)


@pytest.mark.parametrize(("text", "word"), [("day", "day"), (" Month ", "month"), ("", "")])
def test_one_of_some_words(given, text, word):
    given(text)
    assert environment.one_of(NAME, ("", "day", "month")) == word


def test_a_word_that_is_none_of_them_is_named(given):
    given("year")
    with pytest.raises(ImproperlyConfigured, match="it takes one of: day, month"):
        environment.one_of(NAME, ("", "day", "month"))

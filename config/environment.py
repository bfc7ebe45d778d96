"""Settings read from the environment; nonsense stops the program with a message that names it."""

import os
import re
import secrets
from hashlib import blake2b
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

_TRUE = {"1", "true", "yes", "on"}
_FALSE = {"", "0", "false", "no", "off"}
_QUERY_OPTIONS = {
    "sslmode",
    "sslrootcert",
    "sslcert",
    "sslkey",
    "connect_timeout",
    "application_name",
    "target_session_attrs",
    "host",
    "port",
}


def boolean(name: str, *, default: bool = False) -> bool:
    """True or false from `name`; anything else raises."""
    text = os.environ.get(name)
    if text is None:
        return default
    if text.strip().lower() in _TRUE:
        return True
    if text.strip().lower() in _FALSE:
        return False
    raise ImproperlyConfigured(f"{name} is {text!r}; it takes 1 or 0.")


def integer(name: str, *, default: int, low: int, high: int) -> int:
    """A whole number from `low` to `high`; anything else raises."""
    text = os.environ.get(name, "").strip()
    if not text:
        return default
    if not (text.isascii() and text.isdigit() and len(text) < 12 and low <= int(text) <= high):
        raise ImproperlyConfigured(
            f"{name} is {text!r}; it takes a whole number from {low} to {high}."
        )
    return int(text)


def one_of(name: str, choices: tuple[str, ...]) -> str:
    """One of these words, the first where `name` is unset; anything else raises."""
    text = os.environ.get(name, "").strip().lower() or choices[0]
    if text not in choices:
        known = ", ".join(choice for choice in choices if choice)
        raise ImproperlyConfigured(f"{name} is {text!r}; it takes one of: {known}.")
    return text


def words(name: str, *, default: list[str]) -> list[str]:
    """Comma-separated values without their blanks; empty or unset gives the default."""
    return [word.strip() for word in os.environ.get(name, "").split(",") if word.strip()] or default


def origin(name: str) -> str:
    """Scheme and host of an address such as https://example.org:8443; "" where `name` is unset."""
    text = os.environ.get(name, "").strip()
    if not text:
        return ""
    try:
        parts = urlsplit(text)
        host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
        port = "" if parts.port is None else f":{parts.port}"
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} is {text!r}, which is no address: {error}.") from error
    plain = f"{parts.scheme}://{host}{port}"
    if (
        parts.scheme not in {"http", "https"}
        or not host
        or text.lower() not in (plain, f"{plain}/")
    ):
        raise ImproperlyConfigured(
            f"{name} is {text!r}; it takes http:// or https://, a host and perhaps a port, such as "
            "https://chronology.example.org, and nothing behind them."
        )
    if not re.fullmatch(r"[a-z0-9.-]+|\[[0-9a-f:.]+\]", host):
        raise ImproperlyConfigured(f"{name} is {text!r}, whose host is no host name.")
    return plain


def secret_key(name: str, *, file: Path) -> str:
    """The key in `name`, or one made once and kept in `file`, readable by its owner alone."""
    if key := os.environ.get(name, ""):
        if len(key) < 50:
            raise ImproperlyConfigured(f"{name} has {len(key)} characters; it takes at least 50.")
        return key
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        # A link appears whole or not at all: processes that start together all read one key.
        fresh = file.with_name(f"{file.name}.{secrets.token_hex(8)}")
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(64), encoding="ascii")
        try:
            os.link(fresh, file)
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
        return file.read_text(encoding="ascii")
    except OSError as error:
        raise ImproperlyConfigured(
            f"{name} is not set, and no key can be kept in {file}: {error.strerror}."
        ) from error


def postgresql(name: str) -> dict[str, Any] | None:
    """Django's settings for the URL in `name` (postgresql://user:password@host:port/database).

    None when it is unset. The host may be left out or given as `?host=/socket/folder`.
    """
    url = os.environ.get(name, "").strip()
    if not url:
        return None
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} is no URL: {error}.") from error
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured(
            f"{name} must begin with postgresql:// ({parts.scheme!r} given)."
        )
    database = unquote(parts.path.lstrip("/"))
    if not database or "/" in database:
        raise ImproperlyConfigured(f"{name} must name one database after the host.")
    options = dict(parse_qsl(parts.query, keep_blank_values=True))
    if unknown := sorted(set(options) - _QUERY_OPTIONS):
        raise ImproperlyConfigured(f"{name} has an unknown option: {', '.join(unknown)}.")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": database,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", parts.hostname or ""),
        "PORT": options.pop("port", str(port or "")),
        "OPTIONS": options,
    }


def build(base: Path) -> str:
    """A word for the program's own files as they are, from their names, sizes and times."""
    digest = blake2b(digest_size=8)
    for folder in ("config", "events", "actors", "templates", "static"):
        for path in sorted((base / folder).rglob("*")):
            if path.suffix in (".py", ".html", ".sql", ".css", ".js"):
                state = path.stat()
                digest.update(
                    f"{path.relative_to(base)} {state.st_size} {state.st_mtime_ns}".encode()
                )
    return digest.hexdigest()

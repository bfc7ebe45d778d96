"""How often one reader may ask: so many times in a window of time that begins with the first.

Counted in the memory of each server process, so that no request waits for another machine to be
counted: with several processes a reader has as many times the limit as there are processes.
"""

import ipaddress
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from math import ceil

from django.conf import settings
from django.http import HttpRequest

# Readers remembered at one time; beyond it, whoever's window began first is forgotten.
_READERS = 50_000


@dataclass(frozen=True, slots=True)
class Quota:
    """What is left to a reader: `remaining` requests until, in `reset` seconds, all are again."""

    limit: int
    window: int
    remaining: int
    reset: int
    is_exceeded: bool


class RateLimit:
    """At most `limit` requests of each reader in `window` seconds."""

    def __init__(
        self, limit: int, window: int, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.limit, self.window, self._clock = limit, window, clock
        self._lock = threading.Lock()
        # When each reader's window began and how often it asked since; oldest windows first.
        self._windows: OrderedDict[str, tuple[float, int]] = OrderedDict()

    def take(self, reader: str) -> Quota:
        now = self._clock()
        with self._lock:
            self._forget(now)
            began, taken = self._windows.get(reader, (now, 0))
            # What is refused is not counted, so that the number stays small.
            self._windows[reader] = (began, min(taken + 1, self.limit))
        return Quota(
            self.limit,
            self.window,
            remaining=max(0, self.limit - taken - 1),
            reset=max(1, ceil(began + self.window - now)),
            is_exceeded=taken >= self.limit,
        )

    def _forget(self, now: float) -> None:
        """Windows that are over, and the oldest where there are too many."""
        while self._windows:
            reader, (began, _taken) = next(iter(self._windows.items()))
            if began + self.window > now and len(self._windows) < _READERS:
                return
            del self._windows[reader]


def reader_of(request: HttpRequest) -> str:
    """The address that asks: behind a proxy of ours, the one that the proxy was asked by.

    Only the last hop of X-Forwarded-For is the proxy's own word; all before it, anybody can write.
    Whoever has an IPv6 address has all of its /64.
    """
    address = str(request.META.get("REMOTE_ADDR", ""))
    if settings.BEHIND_HTTPS_PROXY:
        forwarded = str(request.META.get("HTTP_X_FORWARDED_FOR", ""))
        address = forwarded.rpartition(",")[2].strip() or address
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address[:64]
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped:
            return str(parsed.ipv4_mapped)
        return str(ipaddress.ip_network((int(parsed) >> 64 << 64, 64)))
    return str(parsed)

"""Work of which a process does so much at a time: who finds no slot free is told so at once."""

import threading
from types import TracebackType


class Slot:
    """One taken slot; given back once, however often it is told to."""

    def __init__(self, slots: "Slots") -> None:
        self._slots: Slots | None = slots

    def __enter__(self) -> "Slot":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        slots, self._slots = self._slots, None
        if slots:
            slots.give_back()


class Slots:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._taken = 0

    def take(self, limit: int) -> Slot | None:
        """A slot, unless `limit` are taken."""
        with self._lock:
            if self._taken >= limit:
                return None
            self._taken += 1
        return Slot(self)

    def give_back(self) -> None:
        with self._lock:
            self._taken -= 1

"""As whom the server runs: PostgreSQL refuses root."""

import os
import pwd
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from config.embedded.binaries import Binaries
from config.embedded.place import Place, StartError, make_private

# In a user namespace of its own the server sees itself as an ordinary user, while to the rest of
# the system it is root without any of root's powers: no user is made, no folder is opened.
_UNSHARE = ("unshare", "--user")
# initdb wants to be somebody with a name. Where namespaces are refused it becomes one of these.
_STAND_INS = ("postgres", "nobody")


@dataclass(frozen=True)
class Identity:
    """A prefix for commands, or a user to drop to."""

    uid: int
    prefix: tuple[str, ...] = ()

    @property
    def _drops(self) -> bool:
        return not self.prefix and self.uid != os.geteuid()

    def options(self) -> dict[str, Any]:
        """For subprocess. Nothing of the caller's locale or PG* variables is passed on."""
        given: dict[str, Any] = {
            "env": {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C"},
            "stdin": subprocess.DEVNULL,
            "cwd": "/",
            "umask": 0o077,
        }
        if self._drops:
            given |= {"user": self.uid, "group": self.uid, "extra_groups": []}
        return given

    def own(self, path: Path) -> None:
        """Make `path` and all below it this identity's."""
        if not self._drops:
            return
        os.chown(path, self.uid, self.uid)
        for folder, folders, files in os.walk(path):
            for name in folders + files:
                os.chown(os.path.join(folder, name), self.uid, self.uid, follow_symlinks=False)

    def trouble(self, place: Place, binaries: Binaries) -> str:
        """What keeps this identity from running the server there; empty if nothing does."""
        trouble = self._fails(binaries["postgres"], "--version") or self._fails(
            "/bin/sh", "-c", 'cd "$0"', str(place.folder.parent)
        )
        if trouble:
            return trouble
        # The folder becomes its own only now that the way to it is known to be open.
        self.own(place.folder)
        return self._fails("/bin/sh", "-c", 'cd "$0" && test -w .', str(place.folder))

    def _fails(self, *command: str) -> str:
        try:
            done = subprocess.run(  # noqa: S603
                [*self.prefix, *command], capture_output=True, check=False, **self.options()
            )
        except OSError as error:
            return f"{command[0]}: {error.strerror}"
        words = done.stderr.decode("utf-8", "replace").strip() or f"{command} is refused"
        return words.splitlines()[-1] if done.returncode else ""


def choose(place: Place, binaries: Binaries) -> Identity:
    """Who runs the server; afterwards the folders it needs are theirs."""
    me = os.geteuid()
    owner = place.data.stat().st_uid if place.data.exists() else me
    if me != 0:
        if owner != me:
            raise StartError(f"{place.data} belongs to another user (number {owner}).")
        make_private(place.sockets, me)
        return Identity(me) if _has_name(me) else _in_namespace(me)
    return _instead_of_root(place, binaries, owner)


def _instead_of_root(place: Place, binaries: Binaries, owner: int) -> Identity:
    troubles = []
    for identity in _for_root(place, owner):
        trouble = identity.trouble(place, binaries)
        if not trouble:
            _give_sockets(place, identity)
            return identity
        troubles.append(trouble)
    raise StartError(
        "PostgreSQL does not run as root, and here root cannot run it as anybody else"
        f" ({'; '.join(troubles)}). Run Chancery as an ordinary user who may read its folder,"
        " or set DATABASE_URL."
    )


def _for_root(place: Place, owner: int) -> Iterator[Identity]:
    if owner != 0:
        yield Identity(owner)
        return
    yield _in_namespace(0)
    # Whoever the checkout belongs to can read it.
    owners = [folder.stat().st_uid for folder in place.folder.parents]
    yield Identity(next((uid for uid in owners if uid and _has_name(uid)), _stand_in()))


def _in_namespace(uid: int) -> Identity:
    seen_as = _stand_in()
    return Identity(uid, (*_UNSHARE, f"--map-user={seen_as}", f"--map-group={seen_as}", "--"))


def _stand_in() -> int:
    for user in sorted(pwd.getpwall(), key=lambda user: user.pw_name not in _STAND_INS):
        if user.pw_uid != 0:
            return user.pw_uid
    raise StartError("This system has no user but root, and PostgreSQL does not run as root.")


def _has_name(uid: int) -> bool:
    try:
        pwd.getpwuid(uid)
    except KeyError:
        return False
    return True


def _give_sockets(place: Place, identity: Identity) -> None:
    # Left by a server that ran as somebody else, it is root's or that user's: root may take it.
    if place.sockets.parent == place.folder and place.sockets.exists():
        os.chown(place.sockets, identity.uid, -1)
    make_private(place.sockets, identity.uid)

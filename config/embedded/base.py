"""Django's PostgreSQL engine on a server of our own, which starts with the first connection."""

import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db.backends.postgresql import base
from django.db.backends.postgresql.client import DatabaseClient as PostgreSQLClient

if sys.platform == "win32":
    raise ImproperlyConfigured(
        "The embedded PostgreSQL does not run on Windows: set DATABASE_URL, or use WSL."
    )

from psycopg import pq

from config.embedded import server
from config.embedded.place import PORT


def _forget_other_servers() -> None:
    """libpq fills what no setting names from PGSERVICE, PGHOSTADDR and the like."""
    for option in pq.Conninfo.get_defaults():
        if option.envvar:
            os.environ.pop(os.fsdecode(option.envvar), None)


class DatabaseClient(PostgreSQLClient):
    """`manage.py dbshell`."""

    connection: "DatabaseWrapper"

    def runshell(self, parameters: Iterable[str]) -> None:
        self.connection.server.attach()
        super().runshell(parameters)


class DatabaseWrapper(base.DatabaseWrapper):
    client_class = DatabaseClient
    # The generation of the server that the pool of an alias is connected to.
    _generations: dict[str, str] = {}

    def __init__(self, settings_dict: dict[str, Any], alias: str = "default") -> None:
        super().__init__(settings_dict, alias)
        # Kept from the first: tests change the database's name, not who connects.
        role = settings_dict["USER"] = settings_dict["USER"] or settings_dict["NAME"]
        folder = os.environ.get("EMBEDDED_PG_DIR") or settings.VAR_DIR / "pg"
        self.server = server.at(Path(folder).resolve(), role)
        settings_dict["HOST"] = str(self.server.place.sockets)
        settings_dict["PORT"] = str(PORT)
        _forget_other_servers()

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        generation = self.server.attach()
        is_new = self._generations.get(self.alias) != generation
        if is_new and self.pool and not self.pool.closed:
            # All its connections died with the last server: one look replaces them together.
            self.pool.check()
        self._generations[self.alias] = generation
        return super().get_new_connection(conn_params)

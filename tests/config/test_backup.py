"""`manage.py backup` and `restore`, with PostgreSQL's own programs on real databases."""

import json
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client

from actors.models import Tenure
from config.backup import contents, files, programs, saving
from config.backup.files import digest, manifest_of
from events.models import Event
from tests.curators import curate
from tests.databases import empty_database, open_session, stored_rows
from tests.factories import make_actor

pytestmark = pytest.mark.django_db(transaction=True)


def back_up(path: Path) -> str:
    out = StringIO()
    call_command("backup", str(path), stdout=out)
    return out.getvalue()


def restore(path: Path) -> str:
    out = StringIO()
    call_command("restore", str(path), stdout=out)
    return out.getvalue()


def rewrite(path: Path, **values: Any) -> None:
    manifest = manifest_of(path)
    manifest.write_text(json.dumps(json.loads(manifest.read_text()) | values))


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    """A backup of a small database."""
    make_actor(slug="somebody")
    back_up(tmp_path / "small.dump")
    return tmp_path / "small.dump"


@pytest.fixture
def elsewhere(dump: Path) -> Iterator[Path]:
    """The backup, while an empty database is in use."""
    with empty_database("restored"):
        yield dump


def test_a_restored_database_is_equal_and_is_served(tmp_path: Path, client: Client) -> None:
    call_command("load_article", stdout=StringIO())
    curate()
    rows, held = stored_rows(), list(Tenure.objects.order_by("pk").values_list("held", flat=True))
    tables = contents.tables()
    path = tmp_path / "folder" / "whole.dump"
    said = back_up(path)
    assert str(path) in said
    assert path.stat().st_mode & 0o077 == 0
    with empty_database("restored"):
        assert "every checksum is that of the backup" in restore(path)
        assert stored_rows() == rows
        assert contents.tables() == tables
        assert list(Tenure.objects.order_by("pk").values_list("held", flat=True)) == held
        assert client.get("/events/khan-sheikhoun-chemical-attack/").status_code == 200
        assert "Ours" in client.get("/events/").content.decode()
        # Rows that come later get numbers of their own.
        make_actor()
        call_command("migrate", verbosity=0)
        with pytest.raises(CommandError, match=r"not empty.*accounts_attempt"):
            restore(path)
    manifest = json.loads(manifest_of(path).read_text())
    assert manifest["tables"]["public.events_event"]["rows"] == len(rows["events.event"])
    assert manifest["program"] == files.program()
    assert "events.0001_chronology" in manifest["migrations"]


def test_the_programs_of_postgresql_alone_restore_every_tenure(tmp_path: Path) -> None:
    curate()
    back_up(tmp_path / "plain.dump")
    count = Tenure.objects.count()
    found = programs.find(at_least=programs.server_major())
    with empty_database("restored"):
        name = connection.settings_dict["NAME"]
        options = ["--exit-on-error", "--no-owner", f"--dbname={name}"]
        programs.run([found["pg_restore"], *options, str(tmp_path / "plain.dump")])
        assert Tenure.objects.count() == count > 0


def test_a_database_that_is_not_empty_is_named_and_left_alone(dump: Path) -> None:
    rows = stored_rows()
    with pytest.raises(CommandError, match=r"not empty, so nothing was restored.*accounts_attempt"):
        restore(dump)
    assert stored_rows() == rows


def test_one_table_is_enough_not_to_be_empty(elsewhere: Path) -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE notes (text text)")
    with pytest.raises(CommandError, match="It holds: notes"):
        restore(elsewhere)


def test_extensions_that_are_there_are_no_hindrance(elsewhere: Path) -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE EXTENSION pg_trgm; CREATE EXTENSION unaccent")
    assert "Restored" in restore(elsewhere)


def test_a_dump_that_was_changed_or_cut_off_is_refused(elsewhere: Path) -> None:
    elsewhere.write_bytes(elsewhere.read_bytes()[:-100])
    with pytest.raises(CommandError, match="changed or cut off"):
        restore(elsewhere)
    assert contents.objects() == []


def test_a_dump_without_its_manifest_is_refused(elsewhere: Path) -> None:
    manifest_of(elsewhere).unlink()
    with pytest.raises(CommandError, match="not whole"):
        restore(elsewhere)


def test_a_manifest_that_is_no_manifest_is_refused(elsewhere: Path) -> None:
    for text in ("", "[]", "{}", '{"server": 18'):
        manifest_of(elsewhere).write_text(text)
        with pytest.raises(CommandError, match="not whole"):
            restore(elsewhere)


def test_a_restore_that_dies_leaves_nothing(elsewhere: Path) -> None:
    elsewhere.write_bytes(elsewhere.read_bytes()[:-5000])
    rewrite(elsewhere, sha256=digest(elsewhere))
    with pytest.raises(CommandError, match="Nothing was restored"):
        restore(elsewhere)
    assert contents.objects() == []


def test_a_number_that_other_servers_keep_with_columns_is_left_out(
    elsewhere: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = programs.find(at_least=programs.server_major())
    option = "ALTER TABLE ONLY public.actors_actor ALTER COLUMN name SET (pg_attver=20786448);"
    script = tmp_path / "pg_restore"
    script.write_text(
        f"#!/bin/sh\n'{found['pg_restore']}' \"$@\" | sed 's/^CREATE VIEW/{option}\\n&/'\n"
    )
    script.chmod(0o755)
    real = {name: found[name] for name in ("pg_restore", "psql")}
    monkeypatch.setattr(programs, "find", lambda at_least: real | {"pg_restore": str(script)})
    assert "every checksum is that of the backup" in restore(elsewhere)


def test_an_older_server_is_refused(elsewhere: Path) -> None:
    rewrite(elsewhere, server=99)
    with pytest.raises(CommandError, match="is of PostgreSQL 99"):
        restore(elsewhere)


def test_the_backup_of_a_newer_program_is_refused(elsewhere: Path) -> None:
    rewrite(elsewhere, migrations=["events.9999_later"])
    with pytest.raises(CommandError, match=r"newer Chancery.*events\.9999_later"):
        restore(elsewhere)


def test_rows_that_differ_from_the_manifest_are_named(elsewhere: Path) -> None:
    tables = json.loads(manifest_of(elsewhere).read_text())["tables"]
    tables["public.actors_actor"]["checksum"] = "1"
    rewrite(elsewhere, tables=tables)
    with pytest.raises(CommandError, match=r"not equal.*differ: public\.actors_actor\.$"):
        restore(elsewhere)


def test_checksums_ask_neither_the_order_of_rows_nor_the_settings_of_the_session() -> None:
    actors = [make_actor() for _ in range(3)]
    before = contents.tables()["public.actors_actor"]
    with connection.cursor() as cursor:
        cursor.execute("SET datestyle = 'SQL, DMY'; SET timezone = 'Asia/Tokyo'")
        # Moved to the end of the table.
        cursor.execute("UPDATE actors_actor SET name = name WHERE id = %s", [actors[0].pk])
        assert contents.tables()["public.actors_actor"] == before
        cursor.execute("RESET datestyle; RESET timezone")
        cursor.execute("UPDATE actors_actor SET name = 'Other' WHERE id = %s", [actors[0].pk])
    assert contents.tables()["public.actors_actor"] != before


def test_a_backup_that_dies_leaves_no_file_of_that_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(command: list[str]) -> None:
        (tmp_path / "x.dump.partial").write_bytes(b"PGDMP")
        raise KeyboardInterrupt

    monkeypatch.setattr(saving.programs, "run", die)
    with pytest.raises(KeyboardInterrupt):
        back_up(tmp_path / "x.dump")
    assert list(tmp_path.iterdir()) == []


def test_a_backup_writes_over_nothing(dump: Path) -> None:
    before = dump.read_bytes()
    with pytest.raises(CommandError, match="is there already"):
        back_up(dump)
    assert dump.read_bytes() == before


def test_dump_and_checksums_are_of_one_moment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A curator writes between the dump and the counting of rows."""
    run = programs.run

    def run_and_write(command: list[str]) -> None:
        run(command)
        with open_session() as other:
            other.execute("UPDATE actors_actor SET name = 'Later'")

    make_actor(name="Before")
    monkeypatch.setattr(saving.programs, "run", run_and_write)
    back_up(tmp_path / "x.dump")
    monkeypatch.undo()
    with empty_database("restored"):
        assert "every checksum" in restore(tmp_path / "x.dump")
        assert Event.objects.count() == 0


def test_the_password_is_on_no_command_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(connection.settings_dict, "PASSWORD", "very secret")
    assert programs._environment()["PGPASSWORD"] == "very secret"

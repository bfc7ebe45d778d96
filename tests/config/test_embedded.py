"""Each test has a server of its own in a temporary folder, used by processes of its own."""

import contextlib
import http.client
import os
import re
import shutil
import signal
import socket
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from config.embedded import binaries, cluster, identity, processes
from config.embedded.place import Place, StartError
from tests.waiting import wait_until

ROOT = Path(__file__).resolve().parents[2]
STARTED_AT = "SELECT pg_postmaster_start_time()"
SITE = "import django; django.setup(); from django.db import connection\n"
ASK = f"""
STARTED_AT = "{STARTED_AT}"
def ask(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()[0] if cursor.description else None
"""
WAITS = "\nprint(ask(STARTED_AT), flush=True); input()"

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the embedded server needs Unix")


class Home:
    """A folder for one server, and the processes that use it."""

    def __init__(self, folder):
        self.place = Place(folder)
        self.users = []

    def environment(self, **more):
        kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        given = {"EMBEDDED_PG_DIR": str(self.place.folder), "SECRET_KEY": "k" * 60}
        given |= {"DJANGO_SETTINGS_MODULE": "tests.config.site", "DATABASE_POOL_SIZE": "3"}
        return kept | given | more

    def start(self, *command, **more):
        user = subprocess.Popen(
            command,
            cwd=ROOT,
            env=self.environment(**more),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.users.append(user)
        return user

    def python(self, code, **more):
        return self.start(sys.executable, "-W", "error", "-c", SITE + ASK + code, **more)

    def user(self, code=""):
        """A process that uses the server until told to end; what it printed first comes along."""
        user = self.python(code + WAITS)
        return user, user.stdout.readline().strip()

    def says(self, code, **more):
        """What a process prints that does `code` and ends well."""
        user = self.python(code, **more)
        said = user.communicate(timeout=30)[0]
        assert user.returncode == 0
        return said.strip()

    @property
    def postmaster(self):
        return int((self.place.data / "postmaster.pid").read_text().split()[0])

    @property
    def watcher(self):
        return int(self.place.watcher.read_text())

    def has_stopped_cleanly(self):
        stopped = not (self.place.data / "postmaster.pid").exists()
        return stopped and self.place.log.read_text().strip().endswith("is shut down")

    def tidy(self):
        for user in self.users:
            user.kill()
            user.wait()
            user.stdin.close()
            user.stdout.close()
        if self.place.watcher.exists() and self.place.watcher.read_text():
            watcher = self.watcher
            processes.signal_to(watcher, signal.SIGTERM)
            wait_until(lambda: not is_alive(watcher))
        processes.kill_orphans(self.place.data)


def is_alive(pid):
    with contextlib.suppress(ProcessLookupError, FileNotFoundError):
        os.kill(pid, 0)
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Data made once; most tests begin with a copy."""
    home = Home(tmp_path_factory.mktemp("made"))
    home.says("ask('SELECT 1')")
    home.tidy()
    return home.place.data


@pytest.fixture
def homes():
    known = []
    yield lambda folder: known.append(Home(folder)) or known[-1]
    for home in known:
        home.tidy()
        if home.place.sockets.parent != home.place.folder:
            assert not home.place.sockets.exists()


@pytest.fixture
def home(homes, made, tmp_path):
    shutil.copytree(made, tmp_path / "data")
    return homes(tmp_path)


def test_processes_that_come_at_once_start_one_server(homes, tmp_path):
    home = homes(tmp_path / "not" / "there" / "yet")
    eight = (
        "import os\n"
        "parent = os.getpid()\n"
        "children = [os.fork() for _ in range(8) if os.getpid() == parent]\n"
        "if os.getpid() != parent:\n"
        "    os.write(1, f'{ask(STARTED_AT)}\\n'.encode())\n"
        "    os._exit(0)\n"
        "for child in children: assert os.waitpid(child, 0)[1] == 0\n"
    )
    said = home.says(eight).splitlines()
    assert len(said) == 8
    assert len(set(said)) == 1
    assert stat.S_IMODE(home.place.folder.stat().st_mode) == 0o700
    assert not list(home.place.folder.glob("data.new-*"))


def test_users_share_a_server_that_ends_with_the_last(home):
    first, started = home.user("ask('CREATE TABLE kept (x int)')")
    second, again = home.user("ask('INSERT INTO kept VALUES (5)')")
    assert started == again
    first.communicate("\n")
    time.sleep(1.5)
    assert is_alive(home.postmaster)
    second.kill()
    wait_until(home.has_stopped_cleanly)
    assert home.says("print(ask('SELECT x FROM kept'))") == "5"


def test_a_forked_child_that_never_connects_does_not_keep_the_server(home):
    code = (
        "import os, time\n"
        "ask('SELECT 1'); connection.close(); connection.close_pool()\n"
        "if os.fork() == 0: os.close(1); time.sleep(30); os._exit(0)\n"
    )
    user = home.python(code + "print(1, flush=True)")
    user.wait(timeout=20)
    wait_until(home.has_stopped_cleanly)  # the child lives on, and never connected


@pytest.mark.parametrize("victims", ["postmaster", "all", "watcher", "watcher and all"])
def test_the_server_survives_kill_9(home, victims):
    code = (
        "import time\n"
        "from django.db import Error\n"
        "ask('CREATE TABLE kept (x int)'); ask('INSERT INTO kept VALUES (5)'); connection.close()\n"
        "print('kill', flush=True); input()\n"
        "for attempt in range(200):\n"
        "    try: print(ask('SELECT x FROM kept'), flush=True); break\n"
        "    except Error: connection.close(); time.sleep(0.05)\n"
    )
    user = home.python(code)
    assert user.stdout.readline() == "kill\n"
    if "watcher" in victims:
        watcher = home.watcher
        os.kill(watcher, signal.SIGKILL)
        wait_until(lambda: not is_alive(watcher))  # on a busy machine death takes a moment
    if "postmaster" in victims:
        os.kill(home.postmaster, signal.SIGKILL)
    if "all" in victims:
        processes.kill_orphans(home.place.data)
    killed_at = time.monotonic()
    user.stdin.write("\n")
    user.stdin.flush()
    assert user.stdout.readline() == "5\n"
    assert time.monotonic() - killed_at < 10
    user.communicate()
    wait_until(home.has_stopped_cleanly)


def test_a_site_answers_503_and_comes_back(home):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    home.says(
        "from django.core.management import call_command; call_command('migrate', verbosity=0)"
    )
    server = [sys.executable, "-m", "config.serving", "--workers=1", "--threads=2"]
    home.start(*server, f"--port={port}")
    wait_until(lambda: answer(port) == 200)
    # A stopped watcher gives the outage a length that does not depend on luck.
    os.kill(home.watcher, signal.SIGSTOP)
    processes.kill_orphans(home.place.data)
    asked_at = time.monotonic()
    assert answer(port) == 503
    assert time.monotonic() - asked_at < 3
    os.kill(home.watcher, signal.SIGCONT)
    back_at = time.monotonic()
    wait_until(lambda: answer(port) == 200)
    assert time.monotonic() - back_at < 10
    home.users[-1].terminate()


def answer(port):
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        link.request("GET", "/count")
        return link.getresponse().status
    except OSError:
        return None
    finally:
        link.close()


def test_a_stale_record_that_names_a_stranger_or_a_zombie(home):
    zombie = subprocess.Popen([sys.executable, "-c", ""])
    for pid in (os.getpid(), zombie.pid):
        time.sleep(0.2)
        home.place.sockets.mkdir(exist_ok=True, mode=0o700)
        record = f"{pid}\n{home.place.data}\n1\n5432\n{home.place.sockets}\n\n1 1\nready\n"
        (home.place.data / "postmaster.pid").write_text(record)
        home.place.socket.with_name(f"{home.place.socket.name}.lock").write_text(record)
        assert home.says("print(ask('SELECT 1'))") == "1"
        home.tidy()
    zombie.wait()


def test_the_callers_locale_and_variables_do_not_matter(homes, tmp_path):
    home = homes(tmp_path)
    odd = {"LC_ALL": "tr_TR.UTF-8", "LANG": "nonsense", "PGPORT": "1", "PGUSER": "nobody"}
    odd |= {
        "PGHOST": "nowhere",
        "PGDATA": "/nowhere",
        "PGOPTIONS": "-c nonsense=1",
        "PGSERVICE": "none",
        "PGHOSTADDR": "192.0.2.1",
    }
    said = home.says(
        "print(ascii(ask(\"SELECT lower('TITLE ÅÉΔ') || current_setting('server_encoding')\")))",
        **odd,
    )
    assert said == ascii("title åéδUTF8")


def test_a_long_path_with_blanks_and_letters_of_any_script(homes, made, tmp_path):
    folder = tmp_path / "a folder, 'quoted' – Хроника" / ("long" * 30)
    shutil.copytree(made, folder / "data")
    home = homes(folder)
    assert len(os.fsencode(folder)) > 107
    user, _ = home.user()
    assert home.place.sockets.parent == Path("/tmp")  # noqa: S108
    assert stat.S_IMODE(home.place.sockets.stat().st_mode) == 0o700
    user.communicate("\n")


def test_the_role_is_no_superuser_and_no_port_is_open(home):
    code = (
        "print(ask('SELECT rolsuper::int FROM pg_roles WHERE rolname = current_user'),"
        " ask('SELECT rolcreatedb::int FROM pg_roles WHERE rolname = current_user'),"
        " ask('SELECT pg_get_userbyid(datdba) FROM pg_database'"
        "     ' WHERE datname = current_database()'),"
        " repr(ask('SHOW listen_addresses')))"
    )
    assert home.says(code).split() == ["0", "1", "chancery", "''"]


def test_nothing_starts_before_the_first_connection(homes, tmp_path):
    home = homes(tmp_path / "pg")
    check = home.start(sys.executable, "-W", "error", "-m", "django", "check")
    check.communicate(timeout=20)
    assert check.returncode == 0
    assert not home.place.folder.exists()


def test_a_folder_that_cannot_be_written_is_named(homes, tmp_path):
    file = tmp_path / "file"
    file.touch()
    home = homes(file / "pg")
    code = (
        "from django.db import OperationalError\n"
        "try: ask('SELECT 1')\n"
        "except OperationalError as error: print(error)\n"
    )
    assert str(file) in home.says(code)


def test_data_of_another_version_is_named(homes, tmp_path):
    home = homes(tmp_path)
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "PG_VERSION").write_text("9\n")
    code = (
        "from django.db import OperationalError\n"
        "try: ask('SELECT 1')\n"
        "except OperationalError as error: print(error)\n"
    )
    assert re.search("made by PostgreSQL 9, and its programs are not here", home.says(code))


def test_missing_programs_are_named(monkeypatch):
    monkeypatch.setattr(binaries, "_folders", list)
    with pytest.raises(StartError, match="No PostgreSQL programs were found"):
        binaries.find(None)


def test_data_of_another_owner_is_named(monkeypatch, tmp_path):
    (tmp_path / "data").mkdir()
    monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 7)
    with pytest.raises(StartError, match="belongs to another user"):
        identity.choose(Place(tmp_path), binaries.find(None))


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has somebody to drop to")
def test_root_drops_to_another_user_where_namespaces_are_refused(monkeypatch, tmp_path):
    monkeypatch.setattr(identity, "_UNSHARE", ("false",))
    folder = Path("/tmp") / f"chancery-test-{os.getpid()}"  # noqa: S108 - nobody else may enter tmp_path
    folder.mkdir(mode=0o700)
    server = cluster.Cluster(Place(folder), "chancery")
    try:
        server.start()
        assert (folder / "data").stat().st_uid not in (0, os.getuid())
    except StartError as error:
        # The programs lie where nobody but root may read: that is what the message says.
        assert "ordinary user" in str(error)  # noqa: PT017
    finally:
        server.stop()
        shutil.rmtree(folder)


def test_the_log_stays_small(tmp_path):
    place = Place(tmp_path)
    place.log.write_bytes(b"x" * 9_000_000)
    place.trim_log()
    assert place.log.stat().st_size == 0
    assert (tmp_path / "log.1").stat().st_size == 9_000_000


@pytest.mark.parametrize(
    ("gigabytes", "megabytes"), [(0.5, 128), (1, 128), (4, 512), (16, 2048), (512, 2048)]
)
def test_the_server_may_use_an_eighth_of_the_memory(
    monkeypatch: pytest.MonkeyPatch, gigabytes: float, megabytes: int
) -> None:
    sizes = {"SC_PAGE_SIZE": 4096, "SC_PHYS_PAGES": int(gigabytes * 2**30) // 4096}
    monkeypatch.setattr("os.sysconf", sizes.__getitem__)
    assert cluster._shared_buffers() == megabytes

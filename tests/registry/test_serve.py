"""`make run`, from an empty database to a served site and to its end."""

import os
import re
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from email.message import Message

import psycopg
import pytest
from django.conf import settings

from registry import serve
from registry.embedded import SITE
from registry.embedded.server import ROLE, Server
from registry.serve import CannotServe, free_port
from tests.databases import empty_database, two_roles
from tests.processes import clean, python
from tests.static import collected

DATABASE = f"served_{os.getpid()}"


@pytest.mark.parametrize("text", ["", "abc", "0", "-1", "65536", "99999999999", "８０００", "80 "])
def test_what_is_no_port_is_refused(text: str) -> None:
    with pytest.raises(CannotServe, match="is no port"):
        free_port(text)


def test_a_port_that_is_taken_is_refused() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        with pytest.raises(CannotServe, match="is taken: `make run PORT="):
            free_port(str(other.getsockname()[1]))


@pytest.mark.parametrize(
    ("words", "debug", "done"),
    [([], "0", ["prepare", "collect_static", "serve"]), (["develop"], "1", ["prepare", "develop"])],
)
def test_the_database_is_prepared_for_whichever_server(
    monkeypatch: pytest.MonkeyPatch, words: list[str], debug: str, done: list[str]
) -> None:
    seen: list[str] = []
    monkeypatch.setattr(os, "environ", {"DEBUG": "x"})
    for step in ("prepare", "collect_static", "serve"):
        monkeypatch.setattr(serve, step, lambda *_port, step=step: seen.append(step))

    def become(program: str, command: list[str]) -> None:
        seen.append("develop")
        raise SystemExit

    monkeypatch.setattr(os, "execv", become)
    with suppress(SystemExit):
        serve.main([str(any_free_port()), *words])
    assert (seen[: len(done)], os.environ["DEBUG"]) == (done, debug)


def any_free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def database() -> Iterator[str]:
    """The URL of an empty database."""
    with empty_database(DATABASE) as url:
        yield url


@pytest.fixture(scope="module")
def site(database: str) -> Iterator[str]:
    """The address of a site that `make run` serves, with two roles; its end must be an orderly one."""
    port = any_free_port()
    collected()  # in the turn of whoever else wants them
    command = python("-m", "registry.serve", str(port))
    process = subprocess.Popen(
        command,
        cwd=settings.BASE_DIR,
        env=clean(**two_roles(database)),
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout
    said = []
    for line in process.stdout:
        said.append(line)
        if line.startswith("Serving on"):
            break
    assert said[-1:] == [f"Serving on http://127.0.0.1:{port}/ — Ctrl-C stops it.\n"], "".join(said)
    yield f"http://127.0.0.1:{port}"
    process.send_signal(signal.SIGTERM)
    assert process.wait(40) == 0
    process.stdout.close()


def get(address: str) -> tuple[int, Message, bytes]:
    try:
        with urllib.request.urlopen(address, timeout=20) as response:
            return response.status, response.headers, response.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers, error.read()


@pytest.mark.server
def test_the_site_is_ready(site: str) -> None:
    assert get(f"{site}/readyz")[0] == 200


@pytest.mark.server
def test_it_is_served_by_the_role_that_cannot_write_history(site: str, database: str) -> None:
    get(f"{site}/models/")
    with psycopg.connect(database) as connection:
        roles = connection.execute(
            "SELECT DISTINCT usename FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        ).fetchall()
        forges = connection.execute(
            "SELECT has_table_privilege(%s, 'models_catalog_claimevent', 'INSERT')", [SITE]
        ).fetchone()
    assert (roles, forges) == ([(SITE,)], (False,))


@pytest.mark.server
def test_the_registry_is_in_it(site: str) -> None:
    assert "文心一言" in get(f"{site}/models.csv")[2].decode()


@pytest.mark.server
def test_static_files_may_be_kept_for_ever(site: str) -> None:
    page = get(f"{site}/admin/login/")[2].decode()
    found = re.search(r'/static/[^"]+\.[0-9a-f]{12}\.css', page)
    assert found
    assert "immutable" in get(f"{site}{found[0]}")[1]["Cache-Control"]


@pytest.mark.server
def test_no_page_shows_its_source(site: str) -> None:
    status, _, page = get(f"{site}/en/nothing/")
    assert (status, b"Traceback" in page, b"DEBUG" in page) == (404, False, False)


def spoken(site: str, *lines: str) -> socket.socket:
    """A connection on which these lines were said."""
    connection = socket.create_connection(("127.0.0.1", int(site.rpartition(":")[2])), timeout=20)
    connection.sendall("".join(f"{line}\r\n" for line in lines).encode())
    return connection


SAYS_NOTHING: list[str] = []
HALF_A_HEAD = ["GET /zh/ HTTP/1.1", "Host: 127.0.0.1"]
HALF_A_BODY = ["POST /language/ HTTP/1.1", "Host: 127.0.0.1", "Content-Length: 100", "", "language=en"]


@pytest.mark.server
@pytest.mark.parametrize(
    ("lines", "clients"),
    [(SAYS_NOTHING, 400), (HALF_A_HEAD, 30), (HALF_A_BODY, 30)],
    ids=["idle", "head", "body"],
)
def test_clients_who_are_slow_keep_nobody_from_a_page(site: str, lines: list[str], clients: int) -> None:
    with ExitStack() as held:
        for _ in range(clients):
            held.enter_context(spoken(site, *lines))
        assert [get(f"{site}{path}")[0] for path in ("/healthz", "/zh/", "/models.csv")] == [200, 200, 200]


@pytest.mark.server
def test_pages_have_as_many_connections_as_threads(site: str, database: str) -> None:
    with ThreadPoolExecutor(40) as clients:
        assert set(clients.map(lambda _n: get(f"{site}/readyz")[0], range(200))) == {200}
    with psycopg.connect(database) as connection:
        found = connection.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
        ).fetchone()
    assert found
    assert found[0] <= 2 * 4 + 1


FORGED = ["SCRIPT_NAME: /forged", "Script-Name: /forged", "PATH_INFO: /en/about/", "X-Forwarded-Proto: https", "X-Forwarded-Ssl: on",
          "X-Forwarded-Protocol: ssl", "REMOTE_USER: admin", "Forwarded: proto=https;host=forged"]  # fmt: skip


def said_to(site: str, *headers: str) -> bytes:
    """The whole answer but its moments."""
    with spoken(
        site, "GET /admin/login/ HTTP/1.1", "Host: 127.0.0.1", "Connection: close", *headers, ""
    ) as connection:
        answer = b"".join(iter(lambda: connection.recv(65_536), b""))
    return re.sub(rb"(?i)(?:date|expires): [^\r]*|expires=[^;]*|csrf[^;\r>]*", b"", answer)


@pytest.mark.server
@pytest.mark.parametrize("header", FORGED, ids=lambda header: header.split(":")[0])
def test_a_header_changes_no_address(site: str, header: str) -> None:
    plain = said_to(site)
    assert plain.startswith(b"HTTP/1.1 200")
    assert said_to(site, header) == plain


@pytest.mark.server
def test_a_database_gone_is_said_and_overcome(site: str, database: str) -> None:
    server = Server(settings.BASE_DIR, hasty=True)
    with psycopg.connect(host=server.use(), user=ROLE, dbname="postgres", autocommit=True) as connection:
        connection.execute(f"ALTER DATABASE {DATABASE} ALLOW_CONNECTIONS false")
        terminate = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"
        connection.execute(terminate, [DATABASE])
        gone = [get(f"{site}/readyz"), get(f"{site}/models.csv"), get(f"{site}/healthz")]
        connection.execute(f"ALTER DATABASE {DATABASE} ALLOW_CONNECTIONS true")
    server.leave()
    time.sleep(0.1)
    assert [status for status, _, _ in gone] == [503, 503, 200]
    assert gone[1][1]["Retry-After"] == "5"
    assert get(f"{site}/models.csv")[0] == 200


@pytest.mark.server
def test_a_database_out_of_reach_is_one_sentence() -> None:
    command = python("-m", "registry.serve", str(any_free_port()))
    answer = subprocess.run(
        command,
        cwd=settings.BASE_DIR,
        env=clean(DATABASE_URL="postgresql://nobody@127.0.0.1:1/nothing", SECRET_KEY="x" * 50),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (answer.returncode, answer.stderr.count("\n"), answer.stderr[:32]) == (
        1,
        1,
        "The database does not answer (co",
    )

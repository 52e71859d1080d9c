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
from email.message import Message

import psycopg
import pytest
from django.conf import settings

from registry.embedded.server import ROLE, Server
from registry.serve import CannotServe, free_port
from tests.processes import clean, python

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


def any_free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def database() -> Iterator[str]:
    """The URL of an empty database."""
    server = Server(settings.BASE_DIR, hasty=True)
    host = server.use()
    with psycopg.connect(host=host, user=ROLE, dbname="postgres", autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")
        connection.execute(f"CREATE DATABASE {DATABASE}")
        yield f"postgresql://{ROLE}@{host.replace('/', '%2F')}/{DATABASE}"
        connection.execute(f"DROP DATABASE {DATABASE} WITH (FORCE)")
    server.leave()


@pytest.fixture(scope="module")
def site(database: str) -> Iterator[str]:
    """The address of a site that `make run` serves; its end must be an orderly one."""
    port = any_free_port()
    command = python("-m", "registry.serve", str(port))
    process = subprocess.Popen(
        command,
        cwd=settings.BASE_DIR,
        env=clean(DATABASE_URL=database, SECRET_KEY="x" * 50),
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

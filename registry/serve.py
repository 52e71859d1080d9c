"""`make run` and `make dev`: from a fresh checkout to a running site in one process; errors are one sentence."""

import hashlib
import os
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

from registry.embedded.errors import ServerError

BASE_DIR = Path(__file__).resolve().parent.parent
STATIC_ROOT = BASE_DIR / ".data" / "static"

TURN = 0x6261696D6F
"""Advisory lock held while the database is prepared, until disconnecting: "baimo" in ASCII."""


class CannotServe(Exception):
    """The site cannot be served; the message is one sentence for a person."""


def main(arguments: list[str]) -> None:
    """Prepare database and static files, then serve on 127.0.0.1: `PORT`, or `PORT develop` for runserver."""
    port = free_port(arguments[0] if arguments else "8000")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "registry.settings")
    os.environ["DATABASE_POOLER_URL"] = ""  # one process prepares the database and serves
    if arguments[1:] == ["develop"]:
        # The only place that turns DEBUG on. runserver starts a thread per request, so connections are not kept
        # (docs/decisions/0004).
        os.environ |= {"DEBUG": "1", "HTTPS": "0", "DATABASE_CONN_MAX_AGE": "0"}
        prepare()
        develop(port)
    # As in production, but without TLS on the loopback interface.
    os.environ |= {"DEBUG": "0", "HTTPS": "0", "STATIC_ROOT": str(STATIC_ROOT)}
    prepare()
    collect_static()
    serve(port)


def free_port(text: str) -> int:
    """The port number if it is valid and free. CannotServe otherwise."""
    if not (text.isascii() and text.isdigit() and 0 < int(text[:6]) < 65536):
        raise CannotServe(f"PORT={text} is no port: choose one from 1024 to 65535.")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(text)))
        except PermissionError as error:
            raise CannotServe(f"Port {text} is for root alone: choose one from 1024 with PORT=.") from error
        except OSError as error:
            raise CannotServe(
                f"Port {text} is taken: `make run PORT={int(text) % 65535 + 1}` uses another."
            ) from error
    return int(text)


def prepare() -> None:
    """Migrate and load the registry. CannotServe if the database is unreachable or the load fails."""
    # Django is imported here and below, after the environment names the settings.
    import django
    from django.core.management import CommandError
    from django.db import OperationalError, connections

    os.environ["DATABASE_AS_OWNER"] = "1"
    django.setup()
    try:
        with _without_hurry():
            _await_turn()
            _bring_up_to_date()
    except OperationalError as error:
        if isinstance(error.__cause__, ServerError):  # its message is complete
            raise CannotServe(str(error)) from error
        raise CannotServe(f"The database does not answer ({first_line(error)}): see DATABASE_URL.") from error
    except CommandError as error:
        raise CannotServe(str(error).strip()) from error
    connections.close_all()  # not to be shared with the workers
    _step_down()


def _step_down() -> None:
    """Switch this process and its children to the site's database role."""
    from django.conf import settings
    from django.db import connections

    del os.environ["DATABASE_AS_OWNER"]
    connections.settings["default"] |= settings.SITE_DATABASE
    settings.DATABASE_AS_OWNER = False


@contextmanager
def _without_hurry() -> Iterator[None]:
    """Lift this side's answer timeout: a large load on a slow machine takes longer than a page may."""
    from django.db import connection

    connection.ensure_connection()
    patient: Any = connection
    with patient.waiting_at_most(None):
        yield


def _await_turn() -> None:
    """Take the lock for preparing the database: a second site waits until the first load is finished."""
    from django.db import connection

    with connection.cursor() as cursor:
        say(f"Database: {where(connection.settings_dict)}")
        cursor.execute("SET statement_timeout = 0; SET lock_timeout = 0")
        cursor.execute("SELECT pg_advisory_lock(%s)", [TURN])
        cursor.execute("SET lock_timeout = 4000")


def _bring_up_to_date() -> None:
    from django.core.management import call_command, get_commands
    from django.db import connection

    from registry.checks import database_is_fit

    for complaint in database_is_fit(["default"]):
        raise CannotServe(f"{complaint.msg} {complaint.hint or ''}".strip())
    _migrate()
    if "load_registry" in get_commands():
        call_command("load_registry", if_possible=True)
        call_command("release", if_none=True, if_possible=True, verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # otherwise the first queries are planned without statistics


def _migrate() -> None:
    from django.core.management import call_command
    from django.db.migrations.exceptions import NodeNotFoundError

    from registry.health import why_not_ready

    try:
        call_command("migrate", verbosity=0)
    except NodeNotFoundError as error:
        raise CannotServe(why_not_ready()) from error


def where(database: dict[str, Any]) -> str:
    """The database in use, for the log, without its password."""
    if database["ENGINE"] == "registry.embedded":
        from registry.embedded.base import server

        return f"embedded PostgreSQL, data in {server().data}"
    return f"{database['NAME']} on {database['HOST'] or 'this machine'}, as DATABASE_URL says"


def collect_static() -> None:
    """Collect, hash and compress the static files unless none has changed since."""
    from django.contrib.staticfiles.finders import get_finders
    from django.core.management import call_command

    files = ((name, storage.path(name)) for finder in get_finders() for name, storage in finder.list([]))
    state = "\n".join(sorted(f"{name} {os.stat(path).st_mtime_ns}" for name, path in files))
    digest = hashlib.sha256(state.encode()).hexdigest()
    stamp = STATIC_ROOT.with_suffix(".digest")
    if stamp.exists() and stamp.read_text() == digest:
        return
    say("Collecting static files…")
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    stamp.write_text(digest)


def develop(port: int) -> NoReturn:
    """Replace this process by the development server."""
    server = [sys.executable, str(BASE_DIR / "manage.py"), "runserver", f"127.0.0.1:{port}"]
    os.execv(sys.executable, server)  # noqa: S606 - our own Python and our own file


def serve(port: int) -> None:
    """Run gunicorn in this process until it is stopped."""
    from gunicorn.app.wsgiapp import WSGIApplication

    sys.argv = ["gunicorn", "--config", str(BASE_DIR / "gunicorn.conf.py"), "--bind", f"127.0.0.1:{port}"]
    sys.argv += ["registry.wsgi"]
    WSGIApplication("%(prog)s").run()


def say(text: str) -> None:
    """Print to the terminal, unbuffered."""
    print(text, flush=True)


def first_line(error: Exception) -> str:
    """The first line of an error, without the full stop."""
    return str(error).strip().split("\n")[0].rstrip(".")


if __name__ == "__main__":
    from django.core.exceptions import ImproperlyConfigured

    try:
        main(sys.argv[1:])
    except (CannotServe, ImproperlyConfigured) as failure:
        sys.exit(str(failure))

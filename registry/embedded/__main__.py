"""`python -m registry.embedded stop|status|remove|dump FILE|restore FILE`: manage the embedded server by hand."""

import argparse
import sys
from pathlib import Path

from registry.embedded.backup import dump, restore
from registry.embedded.errors import ServerError
from registry.embedded.server import Server


def main() -> int:
    """Run the action and print the result. Returns 1 if `status` finds no running server."""
    parser = argparse.ArgumentParser(
        prog="python -m registry.embedded", description="The embedded PostgreSQL server."
    )
    parser.add_argument("action", choices=["stop", "status", "remove", "dump", "restore"])
    parser.add_argument("file", nargs="?", type=Path, help="of dump and restore")
    parser.add_argument("--tests", action="store_true", help="the server of the test suite")
    arguments = parser.parse_args()
    server = Server(Path(__file__).resolve().parents[2], hasty=arguments.tests)
    if arguments.action == "stop":
        print("Stopped." if server.stop() else "It was not running.")
        return 0
    if arguments.action == "remove":
        server.remove()
        print(f"Removed {server.folder}.")
        return 0
    if arguments.action in {"dump", "restore"}:
        if not arguments.file:
            parser.error(f"{arguments.action} wants the name of a file.")
        (dump if arguments.action == "dump" else restore)(server, arguments.file)
        print(f"{arguments.file}: {arguments.file.stat().st_size} bytes.")
        return 0
    running = server.is_running()
    print(
        f"{'Running' if running else 'Not running'}: data in {server.data}, socket in {server.socket_folder}."
    )
    return 0 if running else 1


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (ServerError, OSError) as error:
        sys.exit(str(error))

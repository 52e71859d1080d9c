"""The user account that runs the embedded server, since PostgreSQL refuses to run as root."""

import os
import pwd
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from registry.embedded.errors import ServerError

# The whole environment of the server's programs, so that no user's locale or time zone affects the data.
CLEAN = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}


@dataclass(frozen=True)
class ServerAccount:
    """A user of this machine; `switched` if it is not the current one."""

    uid: int
    gid: int
    switched: bool

    @classmethod
    def for_server(cls, checkout: Path) -> "ServerAccount":
        """The current user; for root the checkout's owner, else postgres or nobody."""
        if os.geteuid() != 0:
            return cls(os.geteuid(), os.getegid(), switched=False)
        for entry in _candidates(checkout.stat().st_uid):
            return cls(entry.pw_uid, entry.pw_gid, switched=True)
        raise ServerError(
            "PostgreSQL refuses to run as root and there is no user postgres or nobody: use another user."
        )

    def run(
        self, *command: str | Path, folder: Path | str = "/", **options: Any
    ) -> subprocess.CompletedProcess[str]:
        """Run a program as this user in `folder` and wait for it. stdout and stderr come back as one string."""
        usual = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
        options = {**usual, **options}
        if self.switched:
            options |= {"user": self.uid, "group": self.gid, "extra_groups": []}
        try:
            return subprocess.run(  # noqa: S603 - a list of our own, no shell
                command,
                cwd=folder,
                env=CLEAN,
                text=True,
                errors="replace",
                umask=0o077,
                **options,
            )
        except OSError as error:  # missing, for another machine, or not permitted
            return subprocess.CompletedProcess(command, 126, str(error))

    def can_enter(self, folder: Path) -> bool:
        """Whether this user can enter `folder`."""
        # The shell does the `cd`: `folder=` would be applied while we are still root.
        return not self.switched or self.run("/bin/sh", "-c", 'cd -- "$1"', "sh", folder).returncode == 0

    def own(self, folder: Path) -> None:
        """Create `folder` if needed, private to this user. ServerError if it belongs to another user."""
        try:
            folder.mkdir(mode=0o700, exist_ok=True)
            if self.switched and folder.lstat().st_uid == 0:
                os.chown(folder, self.uid, self.gid, follow_symlinks=False)
            found = folder.lstat()
        except OSError as error:
            raise ServerError(
                f"{folder} cannot be made ({error.strerror}): DATABASE_URL can name a server."
            ) from error
        if folder.is_symlink() or found.st_uid != self.uid or found.st_mode & 0o077:
            raise ServerError(f"{folder} belongs to somebody else: remove it, or set DATABASE_URL.")


def _candidates(owner: int) -> Iterator[pwd.struct_passwd]:
    if owner:
        with suppress(KeyError):
            yield pwd.getpwuid(owner)
    for name in ("postgres", "nobody"):
        with suppress(KeyError):
            yield pwd.getpwnam(name)

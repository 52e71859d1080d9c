"""nginx with `deploy/nginx.conf`, but for its ports, its names and its certificate; and what may stand behind it."""

import http.client
import os
import re
import shutil
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from django.conf import settings

from tests.needs import PATH

FILE: Path = settings.BASE_DIR / "deploy" / "nginx.conf"
NAME = "example.org"
AROUND = """daemon off;
master_process off;
pid {folder}/pid;
error_log {folder}/error.log;
events {{ worker_connections 1024; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u;
    scgi_temp_path {folder}/s;
    include {folder}/site.conf;
}}
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Front:
    """A running nginx."""

    port: int
    plain_port: int

    def ask(self, path: str, method: str = "GET", body: bytes | None = None, **headers: str) -> "Answer":
        """One request over TLS, and its answer."""
        context = ssl._create_unverified_context()
        connection = http.client.HTTPSConnection(NAME, self.port, timeout=30, context=context)
        connection.sock = self.tls(NAME)
        connection.request(
            method, path, body, {name.replace("_", "-"): value for name, value in headers.items()}
        )
        return Answer.of(connection)

    def ask_plainly(self, path: str, host: str) -> "Answer":
        """One request without TLS."""
        connection = http.client.HTTPConnection("127.0.0.1", self.plain_port, timeout=30)
        connection.request("GET", path, headers={"Host": host})
        return Answer.of(connection)

    def tls(self, name: str) -> ssl.SSLSocket:
        """A connection to a name, its certificate unread."""
        plain = socket.create_connection(("127.0.0.1", self.port), timeout=30)
        return ssl._create_unverified_context().wrap_socket(plain, server_hostname=name)


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    content: bytes

    @classmethod
    def of(cls, connection: http.client.HTTPConnection) -> "Answer":
        answer = connection.getresponse()
        headers = {name.lower(): value for name, value in answer.getheaders()}
        made = cls(answer.status, headers, answer.read())
        connection.close()
        return made


def _settings(folder: Path, behind: Sequence[int], front: Front) -> str:
    """The file's own text, with what differs on a test's machine. Each must be there to be replaced."""
    text = FILE.read_text("utf-8")
    sites = "".join(f"server 127.0.0.1:{port};" for port in behind)
    for old, new in (
        (r"server 127\.0\.0\.1:8000;", sites), (r"/var/lib/nginx/baimo", f"{folder}/cache"),
        (r"/etc/baimo/pages", f"{folder}/pages"), (rf"server_name {NAME}", f"server_name 127.0.0.1 {NAME}"),
        (r"/etc/baimo/tls/fullchain\.pem", f"{folder}/cert.pem"), (r"/etc/baimo/tls/privkey\.pem", f"{folder}/key.pem"),
        (r"listen \[::\]:[^;]*;", ""), (r"listen 80\b", f"listen 127.0.0.1:{front.plain_port}"),
        (r"listen 443\b", f"listen 127.0.0.1:{front.port}"),
    ):  # fmt: skip
        text, count = re.subn(old, new, text)
        assert count, old
    return text


def _certificate(folder: Path) -> None:
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={NAME}",
               "-keyout", str(folder / "key.pem"), "-out", str(folder / "cert.pem")]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True)


@contextmanager
def nginx(folder: Path, *behind: int, keeps_pages: bool = False) -> Iterator[Front]:
    """The proxy before what listens on these ports of this machine."""
    front = Front(free_port(), free_port())
    _certificate(folder)
    if keeps_pages:
        shutil.copy(FILE.with_name("pages.conf"), folder)
    (folder / "site.conf").write_text(_settings(folder, behind, front))
    root = "user root;\n" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(root + AROUND.format(folder=folder))
    program = shutil.which("nginx", path=PATH) or "nginx"
    command = [program, "-p", str(folder), "-c", str(folder / "nginx.conf")]
    tried = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
    assert tried.returncode == 0, tried.stderr
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        _await(front, process, folder)
        yield front
    finally:
        process.terminate()
        process.wait(20)


def _await(front: Front, process: "subprocess.Popen[bytes]", folder: Path) -> None:
    while process.poll() is None:
        try:
            front.tls(NAME).close()
            return
        except OSError:
            time.sleep(0.05)
    raise AssertionError((folder / "error.log").read_text())


@dataclass
class Behind:
    """A site that keeps what it is asked, and answers with these headers."""

    headers: dict[str, str] = field(default_factory=dict)
    content: bytes = b"made"
    status: int = 200
    asked: list[tuple[str, dict[str, str], int]] = field(default_factory=list)


@contextmanager
def behind(told: Behind) -> Iterator[int]:
    """Such a site on a port."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            length = len(self.rfile.read(int(self.headers.get("Content-Length") or 0)))
            told.asked.append(
                (self.path, {name.lower(): value for name, value in self.headers.items()}, length)
            )
            self.send_response(
                304 if told.headers.get("ETag", "-") == self.headers.get("If-None-Match") else told.status
            )
            for name, value in told.headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(told.content)

        do_POST = do_HEAD = do_GET

        def log_message(self, *arguments: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()

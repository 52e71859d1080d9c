"""Firefox and WebKitGTK, driven by the protocols that they speak themselves: WebDriver BiDi and WebDriver."""

import base64
import json
import os
import re
import secrets
import shutil
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

from tests.needs import Need
from tests.processes import clean

MINI = next(iter(sorted(Path("/usr/lib").glob("*/webkit2gtk-*/MiniBrowser"))), Path("MiniBrowser"))
FIREFOX = Need("Firefox", shutil.which("firefox-esr") is not None, "apt install firefox-esr")
WEBKIT = Need(
    "WebKitGTK",
    all(map(shutil.which, ("WebKitWebDriver", "Xvfb"))) and MINI.exists(),
    "apt install webkit2gtk-driver xvfb",
)
SECONDS = 60
"""Time for a start or an answer."""


class Engine(Protocol):
    """A browser with one page."""

    def open(self, address: str) -> None: ...

    def ask(self, expression: str) -> Any:
        """The value of a JavaScript expression in the page; of a promise, what it becomes."""


class _Socket:
    """A WebSocket that carries JSON, as RFC 6455 says."""

    def __init__(self, port: int, path: str) -> None:
        self.plug = socket.create_connection(("127.0.0.1", port), SECONDS)
        key = base64.b64encode(secrets.token_bytes(16)).decode()
        head = (
            f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        )
        self.plug.sendall(f"{head}Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n".encode())
        self.file = self.plug.makefile("rb")
        while self.file.readline().strip():
            pass

    def send(self, message: dict[str, Any]) -> None:
        data, mask = json.dumps(message).encode(), secrets.token_bytes(4)
        masked = bytes(byte ^ mask[place % 4] for place, byte in enumerate(data))
        length = bytes([0x80 | len(data)]) if len(data) < 126 else b"\xfe" + len(data).to_bytes(2)
        self.plug.sendall(b"\x81" + length + mask + masked)

    def receive(self) -> dict[str, Any]:
        data, is_last = b"", False
        while not is_last:
            first, length = self.file.read(2)
            if length > 125:
                length = int.from_bytes(self.file.read(2 if length == 126 else 8))
            is_last, part = bool(first & 0x80), self.file.read(length)
            data += part if first & 0x0F < 8 else b""
        found: dict[str, Any] = json.loads(data)
        return found


class Firefox:
    """A Firefox that listens on `port`."""

    def __init__(self, port: int) -> None:
        self.socket, self.number = _Socket(port, "/session"), 0
        self.call("session.new", capabilities={})
        self.page = self.call("browsingContext.getTree")["contexts"][0]["context"]

    def call(self, method: str, **parameters: Any) -> Any:
        self.number += 1
        self.socket.send({"id": self.number, "method": method, "params": parameters})
        while (answer := self.socket.receive()).get("id") != self.number:
            pass
        if "result" not in answer:
            raise RuntimeError(f"{method}: {answer}")
        return answer["result"]

    def open(self, address: str) -> None:
        self.call("browsingContext.navigate", context=self.page, url=address, wait="complete")

    def ask(self, expression: str) -> Any:
        said = self.call(
            "script.evaluate", expression=f"(async () => JSON.stringify(await ({expression})))()",
            target={"context": self.page}, awaitPromise=True,
        )  # fmt: skip
        if said["type"] != "success":
            raise RuntimeError(said["exceptionDetails"]["text"])
        return json.loads(said["result"].get("value", "null"))


class WebKit:
    """WebKitGTK's MiniBrowser behind a WebKitWebDriver on `port`."""

    def __init__(self, port: int) -> None:
        self.base = f"http://127.0.0.1:{port}/session"
        options = {"binary": str(MINI), "args": ["--automation"]}
        asked = {"capabilities": {"alwaysMatch": {"webkitgtk:browserOptions": options}}}
        self.base += f"/{self.post('', asked)['sessionId']}"
        self.post("/window/rect", {"x": 0, "y": 0, "width": 1400, "height": 880})
        for _try in range(SECONDS * 10):  # a window takes its size when it comes to it
            if self.ask("innerWidth") > 1100:
                return
            time.sleep(0.1)
        raise TimeoutError("the window stays narrow")

    def post(self, path: str, body: dict[str, Any]) -> Any:
        request = urllib.request.Request(self.base + path, json.dumps(body).encode())  # our own machine
        with urllib.request.urlopen(request, timeout=SECONDS) as answer:
            return json.load(answer)["value"]

    def open(self, address: str) -> None:
        self.post("/url", {"url": address})
        script = "const done = arguments[0]; document.readyState == 'complete' ? done() : addEventListener('load', () => done())"
        self.post(
            "/execute/async", {"script": script, "args": []}
        )  # the answer to the address comes before its scripts

    def ask(self, expression: str) -> Any:
        script = (
            f"const done = arguments[0]; Promise.resolve({expression}).then(one => done(JSON.stringify(one)))"
        )
        return json.loads(self.post("/execute/async", {"script": script, "args": []}) or "null")


@contextmanager
def firefox(folder: Path) -> Iterator[Engine]:
    FIREFOX.require()
    command = [
        "firefox-esr",
        "--headless",
        "--no-remote",
        "--remote-debugging-port",
        "0",
        "--profile",
        str(folder),
    ]
    with _started([*command, "about:blank"], folder) as log:
        engine = Firefox(int(_once_said(log, r"BiDi listening on ws://127\.0\.0\.1:(\d+)")))
        with engine.socket.plug, engine.socket.file:
            yield engine


@contextmanager
def webkit(folder: Path) -> Iterator[Engine]:
    WEBKIT.require()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    display = f":{port}"
    screen = ["Xvfb", display, "-screen", "0", "1440x900x24", "-nolisten", "tcp"]
    driver = ["WebKitWebDriver", f"--port={port}"]
    with _started(screen, folder), _started(driver, folder, DISPLAY=display, LANG="en_GB.UTF-8"):
        _once_listening(port)
        yield WebKit(port)


@contextmanager
def _started(command: list[str], folder: Path, **more: str) -> Iterator[Path]:
    """The program in a process group of its own, ended with all that it started; yields what it prints."""
    log = folder / f"{Path(command[0]).name}.log"
    variables = clean(**{"HOME": str(folder), **more})
    with log.open("wb") as out:
        process = subprocess.Popen(command, stdout=out, stderr=out, env=variables, start_new_session=True)
    try:
        yield log
    finally:
        os.killpg(process.pid, 15)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, 9)


def _once_said(log: Path, pattern: str) -> str:
    for _try in range(SECONDS * 10):
        if found := re.search(pattern, log.read_text("utf-8", "replace")):
            return found[1]
        time.sleep(0.1)
    raise TimeoutError(log.read_text("utf-8", "replace"))


def _once_listening(port: int) -> None:
    for _try in range(SECONDS * 10):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise TimeoutError(str(port))

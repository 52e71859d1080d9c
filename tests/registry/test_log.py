"""The log is as short as what it tells."""

import io
import logging
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import Client

from registry.log import Short


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What the site's handler writes."""
    handler = logging.StreamHandler(io.StringIO())
    handler.addFilter(Short())
    handler.setFormatter(logging.Formatter(settings.LOGGING["formatters"]["line"]["format"], style="{"))
    logging.getLogger().addHandler(handler)
    yield handler.stream
    logging.getLogger().removeHandler(handler)


@pytest.mark.parametrize("host", ["evil.example", "x" * 5_000 + ".example", "a\tb"])
def test_a_wrong_host_is_little_to_log(client: Client, log: io.StringIO, host: str) -> None:
    assert client.get("/zh/", headers={"Host": host}).status_code == 400
    lines = log.getvalue().splitlines()
    assert [line.split()[3] for line in lines] == ["django.security.DisallowedHost:"]
    assert len(log.getvalue()) < 500


def test_a_request_that_cannot_be_read_is_little_to_log(client: Client, log: io.StringIO) -> None:
    assert client.post("/language/", b"x", "multipart/form-data; boundary*0=x").status_code == 400
    assert len(log.getvalue().splitlines()) == 1


def test_an_address_makes_no_line_of_its_own(log: io.StringIO) -> None:
    logging.getLogger("registry").warning("503 for %s", "/a\n2026 ERROR: all is lost\u2028\x1b[1m")
    assert len(log.getvalue().splitlines()) == 1
    assert r"/a\n2026 ERROR: all is lost\u2028\x1b[1m" in log.getvalue()


def test_an_error_of_ours_keeps_its_traceback(log: io.StringIO) -> None:
    try:
        raise ZeroDivisionError
    except ZeroDivisionError:
        logging.getLogger("registry").exception("broken")
    assert "Traceback" in log.getvalue()


def test_the_site_logs_so() -> None:
    assert settings.LOGGING["handlers"]["console"]["filters"] == ["short"]
    assert settings.LOGGING["loggers"]["django"]["level"] == settings.LOGGING["root"]["level"]

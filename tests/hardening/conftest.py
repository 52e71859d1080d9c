"""The site that is attacked."""

from typing import Any

import pytest
from django.test import Client

from tests.hardening.site import Site, make_site
from tests.once import once

shared_site = once(make_site)


@pytest.fixture
def site(shared_site: Site, db: None) -> Site:
    return shared_site


@pytest.fixture(autouse=True)
def _read_to_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read every streamed answer at once, as a browser does: a file behind it closes only at its end."""
    request = Client.request

    def read(self: Client, **environment: Any) -> Any:
        response: Any = request(self, **environment)
        if response.streaming:
            response.streaming_content = list(response.streaming_content)
        return response

    monkeypatch.setattr(Client, "request", read)

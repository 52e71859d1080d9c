"""The site that is attacked."""

import pytest

from tests.hardening.site import Site, make_site


@pytest.fixture
def site(db: None) -> Site:
    return make_site()

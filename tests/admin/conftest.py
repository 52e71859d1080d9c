"""Browsers of the three roles."""

import pytest
from django.test import Client

from models_catalog.roles import Role
from tests.permissions.world import make_user


def _client(role: Role) -> Client:
    client = Client()
    client.force_login(make_user(f"the-{role}", role))
    return client


@pytest.fixture
def viewer(db: None) -> Client:
    return _client(Role.VIEWER)


@pytest.fixture
def curator(db: None) -> Client:
    return _client(Role.CURATOR)


@pytest.fixture
def administrator(db: None) -> Client:
    return _client(Role.ADMIN)

"""A start goes on with what it finds, whatever that is: a registry that our code cannot settle or freeze is served."""

from typing import Any

import pytest
from django.core.management import call_command

from models_catalog.intake.fixtures import load
from models_catalog.models import Release
from models_catalog.publish.releases import freeze
from registry.serve import _bring_up_to_date
from tests.checksums import checksums
from tests.factories import make_entry

pytestmark = pytest.mark.django_db


def fail(*args: Any, **kwargs: Any) -> None:
    raise KeyError("a state that nobody foresaw")


def test_a_registry_that_cannot_be_settled_is_served(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    make_entry("文心")
    before = checksums()
    monkeypatch.setattr(load, "settle", fail)
    call_command("load_registry", if_possible=True)
    assert "not loaded, the registry stays as it is: KeyError" in capsys.readouterr().err
    assert checksums() == before


def test_an_empty_one_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(load, "settle", fail)
    with pytest.raises(KeyError):
        call_command("load_registry", if_possible=True)


def test_a_registry_that_cannot_be_frozen_is_served(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("models_catalog.management.commands.release.install_carried", fail)
    monkeypatch.setattr(freeze, "members", fail)
    _bring_up_to_date()
    assert "No release was stored: KeyError" in capsys.readouterr().err
    assert not Release.objects.exists()

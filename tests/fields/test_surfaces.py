"""A field that some surface forgot is an error with the surface's name."""

from dataclasses import dataclass

import pytest

from models_catalog import checks
from models_catalog.fields import surfaces
from models_catalog.models.vocabulary import Field


@dataclass(frozen=True)
class Newcomer:
    """A field of a kind that nobody has met."""

    value: str = "unheard-of"
    shape: str = "permission"


def test_every_surface_has_an_answer_for_every_field() -> None:
    assert checks.fields_are_everywhere() == []


def test_each_surface_refuses_a_field_of_a_new_kind_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(surfaces, "Field", [*Field, Newcomer()])
    refused = {str(error.msg) for error in checks.fields_are_everywhere()}
    asked = [*surfaces.SURFACES, *surfaces.COVERED]
    assert refused == {f"{name}: no answer for the field “unheard-of”" for name in asked}
    assert len(asked) >= 10


def test_a_field_of_a_known_kind_is_asked_of_surfaces_that_list_fields(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(surfaces, "Field", [Newcomer(shape=Field.PARAMETERS.shape)])  # type: ignore[arg-type]  # a stand-in
    assert {name for name, _field in surfaces.unanswered()} == set(surfaces.COVERED)

"""Asset files of Stanford's ecosystem graphs, in the keys and formats of its public files of 2025."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import yaml

from models_catalog.catalog.rows import EntryRow
from models_catalog.models.vocabulary import Kind, Modality, Openness
from models_catalog.publish.interchange.foreign import (
    Foreign,
    bounded,
    day_of,
    iso_day,
    listed,
    name_of,
    names_of,
    openness_of,
    organisations,
    organisations_of,
    size_words,
    web_address,
)
from models_catalog.text.quantities import parse_quantity

UNKNOWN = "unknown"
MODEL_KEYS = (
    "analysis", "feedback", "intended_uses", "license", "model_card", "monitoring", "prohibited_uses", "quality_control",
    "training_emissions", "training_hardware", "training_time",
)  # fmt: skip
APPLICATION_KEYS = (
    "adaptation", "failures", "feedback", "intended_uses", "license", "monitoring", "monthly_active_users", "output_space",
    "prohibited_uses", "quality_control", "terms_of_service", "user_distribution",
)  # fmt: skip
"""Keys that all their assets have and that the registry cannot fill."""

_ACCESS = {Openness.OPEN: "open", Openness.CLOSED: "closed"}
_WORDS = {Modality.SPEECH.value: "audio"}
_MODALITIES = {one.value for one in (Modality.TEXT, Modality.IMAGE, Modality.VIDEO)}
"""Modalities with the same meaning there. Their `audio` may be music."""


def stanford_yaml(rows: Iterable[EntryRow], url_of: Any) -> str:
    """The entries as Stanford's assets; values that are not stated are `unknown`."""
    entries = list(rows)
    names = names_of(entries)
    assets = [_asset(row, names, url_of(row)) for row in entries]
    return str(yaml.safe_dump(assets, allow_unicode=True, sort_keys=True, default_flow_style=False))


def _asset(row: EntryRow, names: dict[str, str], url: str) -> dict[str, Any]:
    is_application = row.kind == Kind.APPLICATION
    stated = f"{row.released_stated} (as stated)" if row.released_stated else "not stated in our sources"
    asset = {
        "type": "application" if is_application else "model",
        "name": name_of(row),
        "organization": organisations(one.name_en or one.name_zh for one in row.developers) or UNKNOWN,
        "nationality": "China",
        "description": row.name_zh,
        "created_date": {"value": day_of(row) or UNKNOWN, "explanation": stated},
        "url": url,
        "dependencies": [names.get(row.parent, row.parent)] if row.parent else [],
        "access": _ACCESS.get(Openness(row.openness), UNKNOWN) if row.openness else UNKNOWN,
    }
    if is_application:
        return dict.fromkeys(APPLICATION_KEYS, UNKNOWN) | asset
    return dict.fromkeys(MODEL_KEYS, UNKNOWN) | asset | {"modality": _modality(row), "size": _size(row)}


def _modality(row: EntryRow) -> str:
    """Modalities separated by commas. Their semicolon separates input from output, which our sources seldom state."""
    words = [_WORDS.get(one, one) for one in row.modalities if one != Modality.MULTIMODAL]
    return ", ".join(words) or UNKNOWN


def _size(row: EntryRow) -> str:
    return f"{row.parameters_stated} parameters" if row.parameters_stated else UNKNOWN


def read_stanford(text: str) -> Iterator[Foreign]:
    """The models of one of Stanford's asset files, without data sets. ValueError for anything else."""
    try:
        assets = yaml.safe_load(bounded(text))
    except yaml.YAMLError as error:
        raise ValueError("no YAML") from error
    if not isinstance(assets, list) or not all(isinstance(one, dict) for one in assets):
        raise ValueError("no list of assets")
    for asset in assets:
        if _said(asset.get("type")) in ("model", "application"):
            words = listed(_said(asset.get("modality")).replace(";", ","))
            yield Foreign(
                name=_said(asset.get("name")),
                developers=_organisations(asset.get("organization")),
                parameters=_sized(_said(asset.get("size"))),
                parameters_stated=size_words(_words_of_size(_said(asset.get("size")))),
                released=iso_day(_said(asset.get("created_date"))),
                modalities=[one for one in words if one in _MODALITIES],
                openness=openness_of(_said(asset.get("access")), "open"),
                link=web_address(_said(asset.get("url"))),
            )


def _said(value: Any) -> str:
    """Text of one of their values, which may come with an explanation; "" for words that mean nothing."""
    value = value.get("value") if isinstance(value, dict) else value
    text = "" if value is None or isinstance(value, (list, dict)) else str(value).strip()
    return "" if text.lower() in (UNKNOWN, "none", "n/a") else text


def _organisations(value: Any) -> list[str]:
    """Organisations; some files give a list, most one comma-separated text."""
    if isinstance(value, list):
        return list(dict.fromkeys(name for one in value if (name := _said(one))))
    return organisations_of(_said(value))


def _words_of_size(text: str) -> str:
    """The text before “parameters”."""
    return text.partition(" parameters")[0].strip()


def _sized(text: str) -> int | None:
    """`260B parameters (dense model)` as a number; None if it is no size, an interval or vague."""
    words = size_words(_words_of_size(text))
    found = parse_quantity(words) if words else None
    return found.low if found and found.low == found.high else None

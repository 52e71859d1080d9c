"""What readers type, and what they must be given: the cases of search.yaml, with the registry's own data."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.test import Client

from tests.search.pages import Told

CASES = [
    (file, case)
    for file in ("search", "before", "after", "typed")
    for case in yaml.safe_load((Path(__file__).parent / f"{file}.yaml").read_text("utf-8"))
]
MOST_OFFERED = 8
ENTRY = re.compile(r".*/models/([a-z0-9-]+)/")
VINTAGE = re.compile(r"(?:来源|[Ss]ources).{0,40}2023|2023.{0,40}(?:来源|sources)", re.DOTALL)
AT_LEAST = 0.98


@pytest.mark.django_db
@pytest.mark.usefixtures("curated_registry")
@pytest.mark.parametrize("file", ["search", "before", "after", "typed"])
def test_readers_are_given_what_they_ask_for(client: Client, file: str) -> None:
    asked = [case for of, case in CASES if of == file]
    wrong = {case["q"]: faults for case in asked if (faults := list(faults_of(client, case)))}
    assert len(wrong) <= len(asked) * (1 - AT_LEAST), wrong


def faults_of(client: Client, case: dict[str, Any]) -> Iterator[str]:
    """What is wrong with the answers to one query."""
    language, q = case.get("lang", "zh"), case["q"]
    rows = slugs(client, language, q)
    told = Told(client.get(f"/{language}/models/", {"q": q}).content.decode())
    if missing := set(case.get("expect", ())) - set(rows) - also_given(case, told):
        yield f"{missing} not given"
    if "first" in case and rows[:1] != [case["first"]]:
        yield f"{rows[:1]} is first"
    if case.get("none") and rows:
        yield f"{rows} found"
    if "says" in case and not says(told, case["says"], case.get("target", "")):
        yield f"no {case['says']}"


def slugs(client: Client, language: str, q: str) -> list[str]:
    response = client.get("/en/models.json" if language == "en" else "/models.json", {"q": q})
    return [row["slug"] for row in json.loads(b"".join(response))["results"]]


def also_given(case: dict[str, Any], told: Told) -> set[str]:
    """What is offered instead of rows: the near ones of a mistyped query, those behind the link to an industry."""
    offered = {match[1] for link in told.links if (match := ENTRY.fullmatch(link))}
    if case.get("near"):
        return offered if len(offered) <= MOST_OFFERED else set()
    return (
        set(case.get("expect", ()))
        if case.get("says") == "sector" and says(told, "sector", case["target"])
        else set()
    )


def says(told: Told, what: str, target: str | list[str]) -> bool:
    if what == "vintage":
        return VINTAGE.search(told.text) is not None
    if what == "omission":
        return any(f"/sources/{slug}/" in link for link in told.links for slug in target)
    return any(f"/{what}s/{target}/" in link or f"{what}={target}" in link for link in told.links)

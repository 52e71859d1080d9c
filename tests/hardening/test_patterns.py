"""No pattern of ours takes one text in ever more ways: the process would answer nobody while it tries them all."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from importlib import import_module

import pytest
from django.conf import settings

from tests.hardening.ambiguity import ambiguous

Pattern = tuple[str, int]


@pytest.mark.parametrize(
    "pattern",
    ["(a|a)*", "(a+)+$", "(?: ?length|length)*x", "(?:窗口|长度|窗口长度)*", "(?:(?:x|y){1,9}z?)+"],
)  # fmt: skip
def test_loops_that_part_a_text_in_two_ways_are_found(pattern: str) -> None:
    assert ambiguous(pattern) != ""


@pytest.mark.parametrize(
    "pattern", ["(?:ab|a)*", "[a-z]+1?[a-z]*", "(?:a{0,4}b){2,}", r"\s*(?:,\s*x)*", "(?=a*)b*"]
)
def test_loops_that_go_one_way_pass(pattern: str) -> None:
    assert ambiguous(pattern) == ""


def _calls(package: str) -> Iterator[Pattern]:
    """The patterns in calls of `re`, as far as the values of their module give them."""
    for path in (settings.BASE_DIR / package).rglob("*.py"):
        name = ".".join(path.relative_to(settings.BASE_DIR).with_suffix("").parts)
        text = path.read_text("utf-8")
        if "re." in text and ".migrations." not in name:
            for call in ast.walk(ast.parse(text)):
                if isinstance(call, ast.Call) and ast.unparse(call.func).startswith("re.") and call.args:
                    yield from _evaluated(call, vars(import_module(name)))


def _evaluated(call: ast.Call, values: dict[str, object]) -> Iterator[Pattern]:
    flags = 0
    try:
        pattern = eval(ast.unparse(call.args[0]), values)
        for option in [*call.args[1:], *(keyword.value for keyword in call.keywords)]:
            value = eval(ast.unparse(option), values)
            flags |= value if isinstance(value, re.RegexFlag) else 0
    except NameError:  # of values of a function: such a pattern is seen through its parts
        return
    if isinstance(pattern, str):
        yield pattern, int(flags)


def test_no_pattern_is_ambiguous() -> None:
    found = dict(pattern for package in ("models_catalog", "registry") for pattern in _calls(package))
    assert len(found) > 250
    assert {pattern: text for pattern, flags in found.items() if (text := ambiguous(pattern, flags))} == {}

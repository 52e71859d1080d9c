"""The OpenAPI document: complete, true, and held against the running API by Schemathesis."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, Phase, settings
from schemathesis import GenerationMode
from schemathesis.checks import CHECKS, load_all_checks
from schemathesis.core.result import Ok
from schemathesis.pytest.lazy import get_all_tests
from schemathesis.specs.openapi.checks import positive_data_acceptance

from models_catalog.models.vocabulary import Field
from models_catalog.pages.api.schema import document
from models_catalog.publish.tables import CLAIMS, TABLES
from tests.factories import make_claim, make_entry, make_figure, make_omission

load_all_checks()
SCHEMA = schemathesis.openapi.from_dict(json.loads(json.dumps(document())))
SCHEMA.app = get_wsgi_application()


@pytest.fixture
def rows(db: None) -> Iterator[None]:
    """One row of each table, which the application sees although nothing is committed."""
    entry = make_entry(
        parameters="2600亿", released="2023-03", sectors=["金融"], developers=["百度"], slug="wenxin-yiyan"
    )
    make_claim(entry, Field.PARAMETERS, key="parameters-1", preferred=False, answer="undisclosed")
    make_figure("models-china-over-120")
    make_omission()
    # The handler would close the connection between requests, and the test's transaction with it.
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@settings(
    max_examples=12,
    phases=[Phase.explicit, Phase.generate],
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
def keep_its_word(case: schemathesis.Case[Any]) -> None:
    plain = {"Accept-Encoding": "identity"}  # its client unpacks nothing
    response = case.call_and_validate(headers=plain, excluded_checks=[positive_data_acceptance])
    if response.status_code == 400 and is_sound(case):
        assert [one for one in reasons(response.json()) if not beyond_a_schema(*one)] == []


@pytest.mark.usefixtures("rows")
@pytest.mark.parametrize("path", document()["paths"])
def test_api_keeps_its_word(path: str) -> None:
    """`SCHEMA.parametrize` would make the cases of all addresses in each process, while it collects tests."""
    (made,) = get_all_tests(
        schema=SCHEMA.include(path=path), test_func=keep_its_word, settings=None, given_kwargs={}
    )
    assert isinstance(made, Ok)
    _operation, hold = made.ok()
    hold()


def is_sound(case: schemathesis.Case[Any]) -> bool:
    """Whether the request is as the schema wants it, and not one that breaks it on purpose."""
    return case.meta is None or case.meta.generation.mode is GenerationMode.POSITIVE


def reasons(problem: dict[str, Any]) -> list[tuple[str, str]]:
    return [(name, reason) for name, found in problem["errors"].items() for reason in found]


BEYOND_A_SCHEMA = {
    # The schema depends on the code alone, these on the rows that are there.
    "developer": "is not an option of this filter",
    "sector": "is not an option of this filter",
    "source": "is not an option of this filter",
    "model": "is not an option of this filter",
    "figure": "is not an option of this filter",
    "claim_source": "is not an option of this filter",
    "release": "There is no release",
    # Two parameters bear on each other, for which OpenAPI has no words.
    "parameters_max": "lies below the smallest",
    "context_max": "lies below the smallest",
    "released_to": "lies before the first",
    "cursor": "leave out page and sort",
    # Today moves on.
    "as_of": "a day up to today",
    "known_by": "no later than today",
    "without": "is not a source of this registry",
    # Twelve words at most: what is a word is no matter of a pattern; nor are all characters that nobody sees, in every plane.
    "q": "at most 12 words|a character that nobody can see",
}
"""Parameter → the only reasons for which what the schema allows may be refused.

So the check `positive_data_acceptance`, which takes every refusal of sound data for a fault, cannot hold as it is: it
stands above with these exceptions. Whatever else is refused must be refused by the schema.
"""


def beyond_a_schema(name: str, reason: str) -> bool:
    return name in BEYOND_A_SCHEMA and any(words in reason for words in BEYOND_A_SCHEMA[name].split("|"))


def sound(name: str, value: str) -> bool:
    """Whether a parameter's pattern in the schema lets a value through."""
    whole = next(p["schema"] for p in parameters() if p["name"] == name)
    schema = whole.get("items", whole)
    return bool(re.search(schema["pattern"], value)) and len(value) <= schema.get("maxLength", len(value))


FORMS = {
    "released_from": "2023 2023-04 2023-04-16 2024-02-29 2023-02-29 2023-04-31 2023-12-31 2023-13 2023-00 1923 99999"
    " 2023/4 2023-4-6 2023年 2023年4月 2023年4月16日 2024/2/29 2023/2/29 2023年13月 2023年4 2023年4月31日",
    "as_of": "2026-11-22 2026-02-30 2026-11 2024-02-29 2999-01-01 0000-00-00",
    "parameters_min": "100B 1.5B 1000亿 10万亿 2600000 0 1.5 100X 0B 12 -1 1e9 B 999999999999999999"
    " 500M 0.5B 0.0B 6b 1billion 2trillion 1,000,000 1,00 千亿 1000億 百万亿 万 十亿 六十二亿 两千亿 三百五亿 三千百亿"
    " 九百九十九万亿 999千万亿 999999万亿 9999999万亿 亿亿 1亿2 B1 1.5 0.5万 百 文心",
    "cursor": "* after-0 after-12 after- after--1 YWZ0ZXIgMQ after-9999999999999999999",
    "model": "wenxin-yiyan A -a a_b a 文心 a.b",
}


@pytest.mark.django_db
@pytest.mark.parametrize("name", FORMS)
def test_patterns_allow_what_is_taken_and_nothing_else(client: Client, name: str) -> None:
    table = "claims" if name == "model" else "models"
    for slug in ("wenxin-yiyan", "a"):
        make_entry(slug=slug)  # a slug of no row is beyond the schema
    answers = {
        value: client.get(f"/api/v1/{table}/", {name: value}).status_code
        in (200, 404)  # 404: before the history begins
        for value in FORMS[name].split()
    }
    assert {value: sound(name, value) for value in answers} == answers


def test_document_is_openapi_3_1(client: Client) -> None:
    response = client.get("/api/v1/openapi.json")
    assert (response["Content-Type"], response.json()["openapi"]) == ("application/json", "3.1.0")


def test_every_table_is_described() -> None:
    lists = {f"/api/v1/{table.name}/" for table in TABLES}
    details = {f"/api/v1/{table.name}/{{slug}}/" for table in TABLES if table.key == ("slug",)}
    assert set(document()["paths"]) == lists | details | {f"/api/v1/{CLAIMS.name}/{{entry}}/{{key}}/"}


def test_rows_that_may_have_moved_say_so_and_take_the_past_of_their_list() -> None:
    rows = {path: one["get"] for path, one in document()["paths"].items() if "{" in path}
    moving = {path.split("/")[3] for path, one in rows.items() if "301" in one["responses"]}
    past = {
        path.split("/")[3] for path, one in rows.items() for p in one["parameters"] if p["name"] == "as_of"
    }
    assert (moving, past) == ({"models", "claims", "sectors"}, {"models", "claims"})


def parameters() -> list[dict[str, Any]]:
    paths = document()["paths"].values()
    return [parameter for methods in paths for one in methods.values() for parameter in one["parameters"]]


def test_every_parameter_says_what_it_means_and_gives_an_example() -> None:
    silent = [p["name"] for p in parameters() if not p["description"] or p["example"] in ("", None, [])]
    assert silent == []


def test_every_field_says_what_it_means() -> None:
    schemas = document()["components"]["schemas"]
    silent = [
        f"{table.one}.{name}"
        for table in TABLES
        for name, field in schemas[table.one]["properties"].items()
        if not field.get("description")
    ]
    assert silent == []


@pytest.mark.django_db
def test_every_example_is_a_request_that_works(client: Client) -> None:
    """Of the parameters alone: rows they name need not be there."""
    words = {p["name"] for p in parameters() if p["in"] == "query" and p["schema"].get("type") != "array"}
    free = words - {"cursor", "page", "fields"}
    past = {"as_of", "release"}  # below: each alone, once there is one
    examples = {p["name"]: p["example"] for p in parameters() if p["name"] in free - past}
    assert client.get("/api/v1/models/", examples).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "status"), [("as_of", 404), ("release", 400)])
def test_a_past_that_is_not_here_is_refused_as_such(client: Client, name: str, status: int) -> None:
    make_entry()
    example = next(p["example"] for p in parameters() if p["name"] == name)
    assert client.get("/api/v1/models/", {name: example}).status_code == status


@pytest.mark.django_db
@pytest.mark.parametrize("prefix", ["/en", "/zh"])
def test_reference_names_every_operation(client: Client, prefix: str) -> None:
    page = client.get(f"{prefix}/data/api/").content.decode()
    assert [path for path in document()["paths"] if f"GET {path}" not in page] == []


def descriptions(node: Any) -> Iterator[str]:
    """Every one in a document."""
    for name, inner in node.items() if isinstance(node, dict) else enumerate(node):
        if name == "description" and isinstance(inner, str):
            yield inner
        elif isinstance(inner, dict | list):
            yield from descriptions(inner)


def test_every_description_is_in_both_languages() -> None:
    chinese = {
        one for one in descriptions({**document("zh-hans"), "info": {}}) if one
    }  # the page leaves it out
    assert [one for one in chinese if not re.search("[\u4e00-\u9fff]", one)] == []
    assert [one for one in descriptions(document()) if re.search("[\u4e00-\u9fff]{3}", one)] == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("prefix", "said"),
    [
        (
            "/en",
            "Slugs of developers, or <code>unstated</code>. Several values are combined with OR, different parameters with AND.",
        ),
        ("/zh", "机构的标识，或<code>unstated</code>。同一参数的多个值取“或”，不同参数之间取“且”。"),
    ],
)
def test_reference_speaks_the_readers_language_and_marks_code(client: Client, prefix: str, said: str) -> None:
    page = client.get(f"{prefix}/data/api/").content.decode()
    assert (said in page, re.sub(r"<pre.*?</pre>", "", page, flags=re.DOTALL).count("`")) == (True, 0)


def test_checks_are_not_fewer_than_thought() -> None:
    assert {"not_a_server_error", "negative_data_rejection", "response_schema_conformance"} <= set(
        CHECKS.get_all_names()
    )

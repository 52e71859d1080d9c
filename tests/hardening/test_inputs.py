"""Nothing that is sent makes the site fail: no 5xx, none slower than two seconds, none answered without end."""

from urllib.parse import urlencode

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.hardening.nasties import BODIES, COOKIES, HEADERS, HOSTS, METHODS, PATHS, QUERIES, SLUGS, VALUES
from tests.hardening.site import ADMIN_LISTS, PUBLIC, Prober, Site, cases, queries, share
from tests.permissions.table import TABLE

pytestmark = pytest.mark.django_db

LISTS = [
    name for name in PUBLIC if name.startswith(("models", "compare", "chart", "api", "suggest", "source"))
]
"""The pages that read a query string of any length."""


def test_pages_survive_nasty_parameters(site: Site) -> None:
    prober = Prober()
    for path in map(site.path, PUBLIC):
        sent = list(queries(site.parameters(prober.client, path), VALUES))
        for query in share(sent, cases(short=10, long=250)):
            prober.send("GET", path, query=query)
    assert prober.wrong == []


def test_pages_survive_nasty_query_strings(site: Site) -> None:
    prober = Prober()
    for path in map(site.path, PUBLIC):
        for query in share(QUERIES, cases(short=4, long=len(QUERIES))):
            prober.send("GET", path, query=query)
    assert prober.wrong == []


def test_pages_survive_nasty_names_in_their_address(site: Site) -> None:
    prober = Prober()
    for name in PUBLIC:
        for argument in TABLE[name].args(site.world)[-1:]:
            head, found, tail = site.path(name).rpartition(str(argument))
            for slug in share(SLUGS, cases(short=20, long=len(SLUGS)) if found else 0):
                prober.send("GET", f"{head}{slug}{tail}")
    assert prober.wrong == []


def test_site_survives_nasty_paths(site: Site) -> None:
    prober = Prober()
    for path in PATHS:
        prober.send("GET", path)
        prober.send("POST", path)
    assert prober.wrong == []


def test_pages_survive_every_method(site: Site) -> None:
    prober = Prober()
    for name in PUBLIC:
        for method in share(METHODS, cases(short=6, long=len(METHODS))):
            prober.send(method, site.path(name))
    assert prober.wrong == []


def _named(header: str) -> str:
    return f"HTTP_{header.upper().replace('-', '_')}"


def test_pages_survive_nasty_headers(site: Site) -> None:
    prober = Prober()
    paths = [site.path(name) for name in PUBLIC]
    for number, (header, value) in enumerate(share(HEADERS, cases(short=150, long=len(HEADERS)))):
        prober.send("GET", paths[number % len(paths)], **{_named(header): value})
    assert prober.wrong == []


def test_pages_survive_nasty_cookies(site: Site) -> None:
    prober = Prober()
    for cookie in share(COOKIES, cases(short=30, long=len(COOKIES))):
        prober.send("GET", reverse("home"), HTTP_COOKIE=cookie)
        prober.send("GET", reverse("admin:index"), HTTP_COOKIE=cookie)
    assert prober.wrong == []


@pytest.mark.parametrize("host", HOSTS)
def test_a_host_that_is_not_ours_is_refused(site: Site, host: str) -> None:
    response = Client(raise_request_exception=False).get("/about/", headers={"Host": host})
    assert response.status_code == 400


FORMS = {"/language/": ("language", "next"), "/admin/login/": ("username", "password", "next")}


def test_forms_survive_nasty_bodies(site: Site) -> None:
    prober = Prober()
    for path in (*FORMS, "/models/"):
        for content_type, content in BODIES:
            prober.send("POST", path, data=content, content_type=content_type)
    assert prober.wrong == []


def test_forms_survive_nasty_fields(site: Site) -> None:
    prober, sound = Prober(), {"language": "en", "username": "a", "password": "b"}
    for path, fields in FORMS.items():
        for field in fields:
            others = urlencode({key: value for key, value in sound.items() if key != field})
            for value in share(VALUES, cases(short=20, long=len(VALUES))):
                prober.post(path, f"{others}&{field}={value}")
    assert prober.wrong == []


# --- Property tests: query strings of any shape ------------------------------------------------------------------------

_NAMES = st.sampled_from(
    [
        "q",
        "developer",
        "developer_kind",
        "category",
        "kind",
        "modality",
        "sector",
        "openness",
        "stage",
        "source",
        "parameters_min",
        "parameters_max",
        "released_from",
        "released_to",
        "certainty",
        "include_unstated",
        "sort",
        "page",
        "model",
        "only",
        "columns",
        "limit",
        "offset",
        "cursor",
        "ordering",
    ]
)
_WORDS = st.one_of(
    st.sampled_from(
        [
            "pangu",
            "文心",
            "wxyy",
            "huawei",
            "unstated",
            "1000亿",
            "2023-03",
            "possible",
            "certain",
            "-name",
            "1",
            "general",
        ]
    ),
    st.text(max_size=30),
    st.integers().map(str),
    st.floats().map(str),
    st.dates().map(str),
    st.from_regex(r"[0-9零一二三百千万亿.~～-]{1,12}[BMKTbkmt亿万]?", fullmatch=True),
)
_PAIRS = st.lists(st.tuples(_NAMES | st.text(max_size=10), _WORDS), max_size=6)


@settings(
    max_examples=cases(short=150, long=12_000),
    database=None,
    suppress_health_check=list(HealthCheck),  # the site is made once for all examples, which only read it
)
@given(name=st.sampled_from(LISTS), pairs=_PAIRS)
def test_lists_survive_any_query_string(site: Site, name: str, pairs: list[tuple[str, str]]) -> None:
    prober = Prober()
    prober.send("GET", site.path(name), query=urlencode(pairs, errors="replace"))
    assert prober.wrong == []


# --- The admin ---------------------------------------------------------------------------------------------------------

_ADMIN_PARAMETERS = (
    "q", "p", "o", "all", "e", "_popup", "_to_field", "_facets", "_changelist_filters", "_preserved_filters", "pk__in", "id__exact",
    "created_at__year", "created_at__gte", "reviewed_at__month", "last_login__year", "last_login__day", "slug__regex", "name_zh__iregex",
    "entry__slug__regex", "user__password__startswith", "status__in", "parameters__overlap", "released__contains", "pk__isnull",
    "is_active__exact", "__", "pk____", "status", "kind", "field", "source", "developer", "role", "listed",
)  # fmt: skip


@pytest.fixture
def administrator(site: Site) -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("root", password="x"))
    return client


def test_admin_lists_survive_nasty_parameters(site: Site, administrator: Client) -> None:
    prober = Prober(administrator)
    for path in map(reverse, ADMIN_LISTS):
        parameters = {*_ADMIN_PARAMETERS, *site.parameters(administrator, path)}
        sent = list(queries(sorted(parameters), VALUES))
        for query in share(sent, cases(short=15, long=120)):
            prober.send("GET", path, query=query)
    assert prober.wrong == []


def test_admin_exports_survive_nasty_parameters(site: Site, administrator: Client) -> None:
    prober = Prober(administrator)
    sent = list(queries(_ADMIN_PARAMETERS, VALUES))
    for table, sheet in site.world.sheets.items():
        for form in ("csv", "json", "xlsx"):
            path = reverse(f"admin:{table}_export", args=[sheet, form])
            for query in share(sent, cases(short=5, long=40)):
                prober.send("GET", path, query=query)
    assert prober.wrong == []


_ACTIONS = {
    "_selected_action": "action=export_csv",
    "action": "_selected_action=1",
    "select_across": "action=export_csv&_selected_action=1",
    "index": "action=export_csv&_selected_action=1",
}


def test_admin_actions_survive_nasty_selections(site: Site, administrator: Client) -> None:
    prober = Prober(administrator)
    for path in map(reverse, ADMIN_LISTS):
        for field, others in _ACTIONS.items():
            for value in share(VALUES, cases(short=4, long=40)):
                prober.post(path, f"{others}&{field}={value}")
    assert prober.wrong == []


def test_admin_rows_survive_nasty_ids(site: Site, administrator: Client) -> None:
    prober = Prober(administrator)
    for name in ADMIN_LISTS:
        for slug in share(SLUGS, cases(short=10, long=60)):
            for page in ("change", "history", "delete"):
                prober.send("GET", f"{reverse(name)}{slug}/{page}/")
    assert prober.wrong == []

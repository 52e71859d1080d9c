"""Lists of the developers, and of the entries, whose names are so alike that they may be the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import lru_cache, partial
from itertools import combinations
from typing import Any

from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.db.models import Count, Model, Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from models_catalog.claims.settle import developer_names
from models_catalog.curation.apart import apart, decide, standing
from models_catalog.curation.pages import may, no_such_page, page, page_number, refuse_unknown, require
from models_catalog.history.version import version
from models_catalog.intake.tables.makers import MakersAlike
from models_catalog.intake.tables.words import narrow
from models_catalog.models import Apart, Developer, Entry, EntryDeveloper, SearchKey
from models_catalog.text.names import fold

PAIRS_A_PAGE = 50
MAX_NAMESAKES = 10
"""Maximum number of entries of one name that are paired with each other."""

Pair = tuple[Any, Any]
"""Two rows with their `claim_count`: the one with fewer claims, and the one that a merge would keep."""
Rows = Callable[[Iterable[int]], dict[int, Any]]
"""The rows with these ids, with their `claim_count`."""


@require_http_methods(["GET", "HEAD", "POST"])
def _near_page(
    request: HttpRequest, *, of: type[Model], pairs: Callable[[], list[Pair]], rows: Rows, title: Any
) -> HttpResponse:
    """Show the pairs, paginated, each with the merge of the two; with `?apart=1` those that are not asked about."""
    require(request, f"view_{of._meta.model_name}")
    if request.method == "POST":
        return decide(request, of)
    refuse_unknown(request.GET, {"p", "apart"})
    if request.GET.get("apart", "1") != "1":
        raise BadRequest("apart is 1 or not there")
    number, is_apart = page_number(request.GET), "apart" in request.GET
    told = _told_apart(of, rows) if is_apart else [(pair, None) for pair in pairs()]
    pages = Paginator(told, PAIRS_A_PAGE)
    if number > pages.num_pages:
        raise no_such_page(number)
    name = f"admin:models_catalog_{of._meta.model_name}"
    context = {
        "title": title, "shown": pages.get_page(number), "opts": of._meta, "change": f"{name}_change",
        "merge": f"{name}_merge", "is_apart": is_apart, "has_apart": is_apart or standing(of).exists(),
        "may_decide": may(request, f"change_{of._meta.model_name}"),
    }  # fmt: skip
    return page(request, "admin/merges/near.html", context)


def _told_apart(of: type[Model], rows: Rows) -> list[tuple[Pair, Apart]]:
    """The pairs that are not asked about, the last first; not those of which a row is gone or merged."""
    said = list(standing(of))
    found = rows({pk for row in said for pk in (row.one, row.other)})
    return [((found[row.one], found[row.other]), row) for row in said if {row.one, row.other} <= found.keys()]


def alike(developers: Iterable[Any]) -> list[Pair]:
    """The pairs of developers with a name near one of the other's; not of one and the organisation that it belongs to."""
    rows = list(developers)
    owners = {name: row for row in reversed(rows) for name in developer_names(row)}
    index = MakersAlike(owners)
    pairs: dict[tuple[int, int], Pair] = {}
    said = apart(Developer)
    for row in rows:
        for other in (owners[near] for name in developer_names(row) for near in index.near(name)):
            pair = _ids(row, other)
            if (
                row.pk != other.pk
                and row.pk != other.parent_id
                and other.pk != row.parent_id
                and pair not in said
            ):
                pairs.setdefault(pair, _kept_last(row, other))
    return list(pairs.values())


def _ids(one: Any, two: Any) -> tuple[int, int]:
    return min(one.pk, two.pk), max(one.pk, two.pk)


def _kept_last(*pair: Any) -> Pair:
    fewer, more = sorted(pair, key=lambda one: (one.claim_count, -one.pk))
    return fewer, more


def namesakes() -> list[Pair]:
    """The pairs of entries with one name, however it is typed, those of one developer first; not of one and its family."""
    keys = SearchKey.objects.filter(tier__lt=SearchKey.Tier.DEVELOPER)
    shared = keys.values("key").annotate(n=Count("entry", distinct=True)).filter(n__gt=1).values("key")
    owners: dict[tuple[str, int], set[int]] = defaultdict(set)
    for key, text, entry in keys.filter(key__in=shared).values_list("key", "text", "entry"):
        if key == fold(text):  # its pinyin and initials are others' too
            owners[key, narrow(text).count("+")].add(entry)  # Command R+ is not Command R
    together = [sorted(of)[:MAX_NAMESAKES] for of in owners.values() if len(of) > 1]
    found = {pair: None for of in together for pair in combinations(of, 2)}.keys() - apart(Entry)
    rows = _entries({pk for pair in found for pk in pair})
    pairs = [(rows[one], rows[two]) for one, two in sorted(found) if {one, two} <= rows.keys()]
    strangers = [pair for pair in pairs if not {row.pk for row in pair} & {row.parent_id for row in pair}]
    return sorted((_kept_last(*pair) for pair in strangers), key=lambda pair: not _share_developer(*pair))


def how_many_namesakes() -> int:
    """The number of these pairs, counted again only once something that it depends on has changed."""
    said = Apart.objects.aggregate(said=Count("pk"), undone=Count("undone_at"))  # each only grows
    return _counted(version().name, said["said"], said["undone"])


@lru_cache(maxsize=4)
def _counted(*state: Any) -> int:
    return len(namesakes())


def _entries(ids: Iterable[int]) -> dict[int, Any]:
    developers = Prefetch("entry_developers", EntryDeveloper.objects.select_related("developer"))
    rows = Entry.objects.filter(merged_into=None).annotate(claim_count=Count("claims"))
    found: dict[int, Any] = rows.prefetch_related(developers).in_bulk(ids)
    for row in found.values():
        row.makers = [link.developer for link in row.entry_developers.all()]
    return found


def _share_developer(one: Any, two: Any) -> bool:
    return not {maker.pk for maker in one.makers}.isdisjoint(maker.pk for maker in two.makers)


def _developers() -> QuerySet[Any]:
    return Developer.objects.annotate(claim_count=Count("claims")).order_by("sort_key", "slug")


developers_page = partial(
    _near_page,
    of=Developer,
    pairs=lambda: alike(_developers()),
    rows=lambda ids: _developers().in_bulk(ids),
    title=gettext_lazy("Developers that may be the same"),
)
entries_page = partial(
    _near_page, of=Entry, pairs=namesakes, rows=_entries, title=gettext_lazy("Entries that may be the same")
)

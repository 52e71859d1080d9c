"""Who may do what, address by address. An address of the site that is missing here fails the suite.

To add one: a line in `TABLE`, under its name in the URLconf (`namespace:name`; its route where it has no name). If it
takes a POST, also a row of `tests/permissions/rows_*.py` for each thing that it does.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from tests.permissions.world import World


class Who(StrEnum):
    ANONYMOUS = "anonymous"
    DISABLED = "disabled"  # a curator who may no longer log in: as anonymous
    NEWCOMER = "newcomer"  # may enter the admin, but has no role there yet
    VIEWER = "viewer"
    CURATOR = "curator"
    ADMIN = "admin"
    SUPERUSER = "superuser"  # made at the command line; no more than an admin, but may touch superusers


EVERYONE = frozenset(Who)
STAFF = EVERYONE - {Who.ANONYMOUS, Who.DISABLED}
ROLES = STAFF - {Who.NEWCOMER}
CURATORS = ROLES - {Who.VIEWER}
ADMINS = CURATORS - {Who.CURATOR}
NOBODY: frozenset[Who] = frozenset()


@dataclass(frozen=True)
class Rule:
    """Who may GET (and HEAD) an address, and who may POST to it; all else is refused.

    `args` gives the address's arguments from the rows that the tests make.
    """

    read: frozenset[Who]
    write: frozenset[Who] = NOBODY
    args: Callable[[World], list[object]] = lambda world: []


def _id_of(table: str) -> Callable[[World], list[object]]:
    return lambda world: [world.ids[table]]


def _of(table: str) -> Callable[[World], list[object]]:
    return lambda world: [world.slugs[table]]


def _public(args: Callable[[World], list[object]] = lambda world: []) -> Rule:
    return Rule(EVERYONE, NOBODY, args)


def _table(
    model: str, *, view: frozenset[Who], add: frozenset[Who], change: frozenset[Who], delete: frozenset[Who]
) -> dict[str, Rule]:
    """The addresses that Django's admin gives one table."""

    def row(world: World) -> list[object]:
        return [world.ids[model]]

    return {
        f"admin:{model}_changelist": Rule(view, view),  # POST is an action: the export is everyone's
        f"admin:{model}_add": Rule(add, add),
        f"admin:{model}_change": Rule(view, change, row),
        f"admin:{model}_history": Rule(view, NOBODY, row),
        f"admin:{model}_delete": Rule(delete, delete, row),
        f"admin:{model}_export": Rule(view, NOBODY, lambda world: [world.sheets[model], "csv"]),
    }


def _curated(model: str) -> dict[str, Rule]:
    return _table(f"models_catalog_{model}", view=ROLES, add=CURATORS, change=CURATORS, delete=ADMINS)


PUBLIC = (
    "home", "about", "dictionary", "favicon", "robots", "sitemap", "sitemap_pages", "developers", "sectors", "sources", "disputes", "left_out", "market", "models", "reports",
    "models_csv",
    "models_json", "models_xlsx", "models_csv_metadata", "claims_csv_metadata", "llms_txt", "suggest", "suggest_json",
    "compare", "compare_csv", "compare_json", "compare_suggest", "charts", "changes",
)  # fmt: skip
PUBLIC_ROWS = ("entry", "developer", "sector", "source")
DATA = (
    "data", "package", "descriptor", "releases", "changes_atom", "changes_json", "models_parquet", "claims_csv",
    "claims_json", "claims_xlsx", "claims_parquet", "verifier",
)  # fmt: skip
API = {
    "models": "entry", "developers": "developer", "sectors": "sector", "sources": "source",
    "market_figures": "marketfigure", "claims": "", "market_figure_evidence": "", "omissions": "",
    "developer_statements": "",
}  # fmt: skip
"""Each table of the API, and whose slug names a row of it."""
CHART = ("chart", "chart_json", "chart_csv", "chart_svg", "chart_png")

TABLE: dict[str, Rule] = {
    # The public pages: a name a line; with the slug of a row where the address takes one.
    **{name: _public() for name in PUBLIC},
    **{table: _public(_of(table.removesuffix("_md"))) for table in PUBLIC_ROWS},
    # Data, citations, releases, feeds.
    **{name: _public() for name in DATA},
    **{name: _public(lambda world: [world.release]) for name in ("release", "release_sums")},
    "resource": _public(lambda world: ["models"]),
    "release_file": _public(lambda world: [world.release, "baimo-1-2026-11-22"]),
    "cite_registry": _public(lambda world: ["bib"]),
    "cite_models": _public(lambda world: ["bib"]),
    "cite_compare": _public(lambda world: ["txt"]),
    "cite_entry": _public(lambda world: [world.slugs["entry"], "bib"]),
    "entry_md": _public(_of("entry")),
    **{f"entry_{part}": _public(_of("entry")) for part in ("history", "citation")},
    **{f"entry_{part}_by_name": _public(_of("entry")) for part in ("history", "citation")},
    "claim": _public(lambda world: ["wenxinyiyan", world.claim_key]),
    "cite_claim": _public(lambda world: ["wenxinyiyan", world.claim_key, "bib"]),
    "cite_chart": _public(lambda world: ["timeline", "ris"]),
    "cite_release": _public(lambda world: [world.release, "gbt"]),
    "report": Rule(EVERYONE, EVERYONE, _of("entry")),
    # The same by name: what is a slug too is answered by the page itself.
    **{f"{table}_by_name": _public(_of(table)) for table in ("entry", "developer", "sector")},
    "entry_md_by_name": _public(_of("entry")),
    "cite_entry_by_name": _public(lambda world: [world.slugs["entry"], "bib"]),
    "report_by_name": _public(lambda world: ["文心 一言"]),
    # The API: a list and a row of each table.
    **{f"api_{name}": _public() for name in API},
    **{f"api_{name}_one": _public(_of(row)) for name, row in API.items() if row},
    "api_claims_one": _public(lambda world: ["wenxinyiyan", world.claim_key]),
    "api": _public(),
    "api_schema": _public(),
    "api_docs": _public(),
    **{name: _public(lambda world: ["stage"]) for name in CHART},
    "sitemap_entries": _public(lambda world: [1]),
    "language": Rule(NOBODY, EVERYONE),
    "healthz": _public(),
    "readyz": _public(),
    # The admin's own pages.
    "admin:index": Rule(STAFF),
    "admin:login": Rule(EVERYONE, EVERYONE),
    "admin:logout": Rule(NOBODY, STAFF),
    "admin:password_change": Rule(STAFF, STAFF),
    "admin:password_change_done": Rule(STAFF),
    "admin:jsi18n": Rule(STAFF),
    "admin:app_list": Rule(ROLES, args=lambda world: ["models_catalog"]),
    "admin:views": Rule(NOBODY, ROLES),
    "admin:two_factor": Rule(STAFF, STAFF),
    "admin:two_factor_picture": Rule(STAFF),
    # The registry's tables.
    **_curated("claim"),
    "admin:models_catalog_claim_queue": Rule(ROLES),
    "admin:models_catalog_claim_queue_export": Rule(ROLES, args=lambda world: ["csv"]),
    "admin:models_catalog_claim_together": Rule(CURATORS, CURATORS),
    "admin:models_catalog_claim_decide": Rule(CURATORS, CURATORS, _id_of("models_catalog_claim")),
    "admin:models_catalog_claim_replace": Rule(CURATORS, CURATORS, _id_of("models_catalog_claim")),
    "admin:models_catalog_claim_undo": Rule(CURATORS, CURATORS, _id_of("models_catalog_claim")),
    **_curated("developer"),
    "admin:models_catalog_developer_merge": Rule(ADMINS, ADMINS, _id_of("models_catalog_developer")),
    "admin:models_catalog_developer_near": Rule(ROLES, CURATORS),
    "admin:models_catalog_entry_near": Rule(ROLES, CURATORS),
    **_curated("entry"),
    "admin:models_catalog_entry_change": Rule(ROLES, NOBODY, _id_of("models_catalog_entry")),
    **_curated("marketfigure"),
    **_curated("omission"),
    **_table("models_catalog_report", view=ROLES, add=NOBODY, change=CURATORS, delete=NOBODY),
    **_curated("sector"),
    **_curated("source"),
    "admin:models_catalog_source_read": Rule(CURATORS, CURATORS),
    "admin:models_catalog_source_reread": Rule(CURATORS, NOBODY, _id_of("models_catalog_source")),
    "admin:models_catalog_source_purge_text": Rule(NOBODY, CURATORS, _id_of("models_catalog_source")),
    **_table("models_catalog_merge", view=ROLES, add=NOBODY, change=NOBODY, delete=NOBODY),
    "admin:models_catalog_merge_change": Rule(ROLES, NOBODY, _id_of("models_catalog_merge")),
    "admin:models_catalog_merge_undo": Rule(ADMINS, ADMINS, _id_of("models_catalog_merge")),
    "admin:models_catalog_entry_merge": Rule(ADMINS, ADMINS, _id_of("models_catalog_entry")),
    **_table("models_catalog_importbatch", view=ROLES, add=CURATORS, change=CURATORS, delete=NOBODY),
    "admin:models_catalog_importbatch_accept": Rule(CURATORS, CURATORS, _id_of("models_catalog_importbatch")),
    "admin:models_catalog_importbatch_apply": Rule(CURATORS, CURATORS, _id_of("models_catalog_importbatch")),
    "admin:models_catalog_importbatch_rows": Rule(ROLES, NOBODY, _id_of("models_catalog_importbatch")),
    "admin:models_catalog_importbatch_undo": Rule(CURATORS, CURATORS, _id_of("models_catalog_importbatch")),
    # People.
    **_table("auth_user", view=ADMINS, add=ADMINS, change=ADMINS, delete=ADMINS),
    **_table("auth_group", view=ADMINS, add=NOBODY, change=NOBODY, delete=NOBODY),
    "admin:auth_user_password_change": Rule(ADMINS, ADMINS, lambda world: [world.ids["auth_user"]]),
}

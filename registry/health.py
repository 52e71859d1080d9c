"""Health checks for supervisors and load balancers: is the process alive, and can it serve?"""

from django.conf import settings
from django.db import DatabaseError, InterfaceError, ProgrammingError, connection
from django.db.migrations.exceptions import NodeNotFoundError
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

OLDER = "The database is older than the code"

LAST_UNSQUASHED = "91b393a"
"""The last commit that still has the migrations squashed in decision 22."""
TOO_OLD = (
    f"The database is too old for this code: run `manage.py migrate` of commit {LAST_UNSQUASHED} first "
    "(docs/operations.md, “From an old version”)."
)


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """200 if the process answers; queries nothing, not even the database."""
    return JsonResponse({"status": "ok"})


@never_cache
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """200 if the database answers and is migrated; otherwise 503 with the reason."""
    reason = why_not_ready()
    if reason:
        response = JsonResponse({"status": "unavailable", "reason": reason}, status=503)
        response["Retry-After"] = "5"
        return response
    return JsonResponse({"status": "ok"})


def why_not_ready() -> str:
    """The reason why code and database do not fit; "" if they do."""
    try:
        executor = MigrationExecutor(connection)
        behind = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except NodeNotFoundError:
        if not _has_part_of_what_was_squashed():
            raise
        return TOO_OLD
    except ProgrammingError:  # the database was made for one role (decision 20)
        return f"{OLDER}: the role that serves has no rights in it."
    except (DatabaseError, InterfaceError):
        return "The database cannot be reached."
    if unfit := settings.LIMITS.why_unfit():
        return str(unfit)
    if behind:
        return f"{OLDER}: {len(behind)} migrations are not applied."
    ahead = _unknown(executor.loader)
    return f"The database is newer than the code: it has {len(ahead)} migrations more." if ahead else ""


def _has_part_of_what_was_squashed() -> bool:
    """Whether only some of the migrations that a squashed one replaces are applied."""
    applied = MigrationRecorder(connection).applied_migrations()
    squashed = MigrationLoader(None).replacements.values()
    return any(0 < len(applied.keys() & one.replaces) < len(one.replaces) for one in squashed)


def _unknown(loader: MigrationLoader) -> set[tuple[str, str]]:
    """Applied migrations of our apps that this code does not have, not even as part of a squashed one."""
    known = {*loader.disk_migrations, *loader.replacements}
    known |= {old for squashed in loader.replacements.values() for old in squashed.replaces}
    return {one for one in loader.applied_migrations if one[0] in loader.migrated_apps} - known

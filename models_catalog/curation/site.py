"""The admin site: its name, its front page, and the pages that belong to no table."""

from collections.abc import Callable
from functools import lru_cache, wraps
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import path
from django.utils.cache import add_never_cache_headers
from django.utils.decorators import method_decorator
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from models_catalog.claims.pending import dashboard
from models_catalog.claims.recording import recorded
from models_catalog.curation import two_factor
from models_catalog.curation.near import how_many_namesakes
from models_catalog.curation.pages import may, who
from models_catalog.curation.saved_views import views_page
from models_catalog.curation.two_factor import LoginForm, may_enter, must_set_up
from models_catalog.limits.door import door, threads_for_strangers
from models_catalog.limits.logins import DEVICE_DAYS, Attempt, attempt, device_cookie, is_device_of
from models_catalog.limits.passwords import from_stranger
from models_catalog.limits.senders import household
from models_catalog.limits.turns import TooManyAtOnce

METHODS = ("GET", "HEAD", "POST")
TABLES = (
    "Entry", "Claim", "Report", "ImportBatch", "Merge", "Developer", "Sector", "Source", "MarketFigure", "Omission",
)  # fmt: skip
"""The curators' tables, most used first."""
UNUSED = ("view_on_site", "autocomplete")
"""Django admin URLs that no page of ours links to: redirects to any row's page, and autocompletion over related tables,
both open to everybody who may view the rows.
"""


def _place(table: str) -> int:
    return TABLES.index(table) if table in TABLES else len(TABLES)


def bounded(view: Any) -> Any:
    """Restrict `view` to the methods that browsers send; Django's own views would answer PUT and DELETE like GET."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS)
        response: HttpResponseBase = view(request, *args, **kwargs)
        return response

    return guarded


class CurationSite(AdminSite):
    """The curation site. Readers never need it."""

    site_title = _("Baimo curation")
    site_header = _("Baimo curation")
    index_title = _("The registry")
    empty_value_display = ""
    enable_nav_sidebar = False  # the page header lists the tables

    index_template = "admin/dashboard.html"
    login_form = LoginForm

    def has_permission(self, request: HttpRequest) -> bool:
        return super().has_permission(request) and may_enter(request)

    @method_decorator(require_safe)
    def index(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """Show the front page, with the work to review and recent changes for users with a role."""
        own: dict[str, Any] = {"dashboard": None}
        if may(request, "view_claim"):
            own = {"dashboard": dashboard(), "namesakes": how_many_namesakes()}
        return super().index(request, {**(extra_context or {}), **own})

    @method_decorator(require_safe)
    def app_index(self, request: HttpRequest, app_label: str, extra_context: Any = None) -> Any:
        return super().app_index(request, app_label, extra_context)

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> Any:
        """Order the tables by how often curators use them."""
        apps = super().get_app_list(request, app_label)
        for app in apps:
            app["models"].sort(key=lambda one: _place(one["object_name"]))
        return apps

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        return bounded(super().admin_view(view, cacheable))

    def get_urls(self) -> list[Any]:
        """Django's URLs without `UNUSED`, and our own."""
        django = [address for address in super().get_urls() if getattr(address, "name", "") not in UNUSED]
        own = [
            path("two-factor/", never_cache(bounded(two_factor.set_up)), name="two_factor"),
            path(
                "two-factor/code.svg",
                never_cache(require_safe(two_factor.picture)),
                name="two_factor_picture",
            ),
            path("views/", self.admin_view(views_page), name="views"),
        ]
        return own + django

    @method_decorator(bounded)
    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Log in, with a limit on attempts; redirect to two-factor set-up if it is required and missing."""
        if request.method != "POST":
            if must_set_up(request):
                return redirect("admin:two_factor")
            return super().login(request, extra_context)
        name = request.POST.get("username", "")
        if "\0" in name:
            return super().login(request, extra_context)  # Django rejects the name unread
        response = self._counted(
            request, name, lambda: super(CurationSite, self).login(request, extra_context)
        )
        if response.status_code == HTTPStatus.FOUND:
            _remember_device(response, name)
        return response

    def password_change(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """Change the password, with the log-in limit on guesses at the old one, in case the session was stolen."""

        def change() -> HttpResponse:
            with recorded("set password", who=who(request)):
                return super(CurationSite, self).password_change(request, extra_context)

        if request.method != "POST":
            response = change()
            add_never_cache_headers(response)  # Django's own response may be cached
            return response
        return self._counted(request, request.user.get_username(), change)

    def _counted(self, request: HttpRequest, name: str, judge: Callable[[], HttpResponse]) -> HttpResponse:
        """Return the response of `judge` to a password, or 429 after too many attempts."""
        address, cookie = (
            request.META.get("REMOTE_ADDR", ""),
            request.COOKIES.get(settings.DEVICE_COOKIE_NAME, ""),
        )
        if is_device_of(name, cookie) or request.user.is_authenticated:
            return self._tried(request, attempt(username=name, address=address, cookie=cookie), judge)
        here = household(address)
        if seconds := door.seconds(here):
            return _held_up(seconds)
        try:
            with threads_for_strangers():
                tried = attempt(username=name, address=address)
                if tried.closes_household:
                    door.close(here, tried.seconds)
                return self._tried(request, tried, judge)
        except TooManyAtOnce:
            door.turned_away(here)
            raise

    def _tried(self, request: HttpRequest, tried: Attempt, judge: Callable[[], HttpResponse]) -> HttpResponse:
        if tried.seconds:
            return _held_up(tried.seconds)
        try:
            with from_stranger(not tried.is_known and not request.user.is_authenticated):
                response = judge()
        except TooManyAtOnce:
            tried.take_back()
            raise
        if response.status_code == HTTPStatus.FOUND:
            tried.forget()
        return response


def _held_up(seconds: int) -> HttpResponse:
    """Return 429 with a cached page, so that many refusals stay cheap."""
    page = _page_of_held_up(str(get_language()), -(-seconds // 60))
    response = HttpResponse(page, status=HTTPStatus.TOO_MANY_REQUESTS)
    response["Retry-After"] = str(seconds)
    add_never_cache_headers(response)
    return response


@lru_cache(maxsize=64)
def _page_of_held_up(language: str, minutes: int) -> str:
    """Render the page in the active language, without a request, so that it contains no user name."""
    words = {"site_title": CurationSite.site_title, "site_header": CurationSite.site_header}
    context = {**words, "LANGUAGE_CODE": language, "title": _("Too many tries"), "minutes": minutes}
    return render_to_string("admin/held_up.html", context)


def _remember_device(response: HttpResponse, name: str) -> None:
    """Set a cookie showing that this user has logged in with this browser."""
    response.set_cookie(
        settings.DEVICE_COOKIE_NAME,
        device_cookie(name),
        max_age=DEVICE_DAYS * 24 * 3600,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )

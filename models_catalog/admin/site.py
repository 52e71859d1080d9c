"""The admin site: its name, its front page and the addresses that belong to no one table."""

from functools import wraps
from typing import Any

from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase, HttpResponseNotAllowed
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _

METHODS = ("GET", "HEAD", "POST")


def bounded(view: Any) -> Any:
    """`view`, for the methods that a browser sends; Django's own would answer PUT and DELETE like GET."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS)
        response: HttpResponseBase = view(request, *args, **kwargs)
        return response

    return guarded


class CurationSite(AdminSite):
    """Where curators work. Readers never need it."""

    site_title = _("Baimo curation")
    site_header = _("Baimo curation")
    index_title = _("The registry")
    empty_value_display = "—"

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        return bounded(super().admin_view(view, cacheable))

    def get_urls(self) -> list[Any]:
        """Django's addresses but the one that leads to the site's page of any row of any table."""
        return [address for address in super().get_urls() if getattr(address, "name", "") != "view_on_site"]

    @method_decorator(bounded)
    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        return super().login(request, extra_context)

"""The client's IP address behind proxies, as seen by the outermost trusted one."""

from collections.abc import Callable
from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase


class AddressMiddleware:
    """With TRUSTED_PROXIES=n, sets `REMOTE_ADDR` to the n-th last address of `X-Forwarded-For`, added by our proxy.

    Earlier addresses are the client's own claims. The header is ignored without a proxy, and if it holds fewer
    addresses than there are proxies, as the request then came another way. Every limit by address (log-ins, reports,
    long files) reads `REMOTE_ADDR` after this.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        seen = request.headers.get("X-Forwarded-For", "").split(",")
        proxies = settings.TRUSTED_PROXIES
        if 0 < proxies <= len(seen) and _is_address(seen[-proxies].strip()):
            request.META["REMOTE_ADDR"] = seen[-proxies].strip()
        return self.get_response(request)


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True

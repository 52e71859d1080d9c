"""Who asks, behind proxies: the address that the outermost trusted one saw, not the innermost's own."""

from collections.abc import Callable
from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase


class AddressMiddleware:
    """With TRUSTED_PROXIES=n it takes the n-th address of `X-Forwarded-For` from the end, which our own proxy added.

    The ones before it are what the client says of itself. Without a proxy nobody is believed, nor where the header
    holds fewer addresses than there are proxies, since it then came another way. Every limit by address (log-ins,
    reports, long files) reads `REMOTE_ADDR` after this.
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

"""Choosing a language for good: the switch of each page posts here, and a cookie remembers."""

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from registry.middleware.language import PREFIXES, split


class LanguageForm(forms.Form):
    """`language` is one of ours; `next` is an address on this site, with its query."""

    language = forms.ChoiceField(choices=settings.LANGUAGES)
    next = forms.CharField(required=False, max_length=2_000)


@csrf_exempt  # pages carry no cookie and so no token; all that a forged post could do is change the language
@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Remember a language and go back to the page, its query kept; 400 if there is no such language."""
    form = LanguageForm(request.POST)
    if not form.is_valid():
        return HttpResponseBadRequest(
            _("There is no such language."), content_type="text/plain; charset=utf-8"
        )
    language = form.cleaned_data["language"]
    response = HttpResponseRedirect(_in_language(_own(request, form.cleaned_data["next"]), language))
    response.status_code = 303
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        samesite="Lax",
    )
    return response


def _own(request: HttpRequest, address: str) -> str:
    """The address if it is a path on this site, else the start page."""
    is_path = address.startswith("/") and url_has_allowed_host_and_scheme(
        address, allowed_hosts=None, require_https=request.is_secure()
    )
    return address if is_path else "/"


def _in_language(address: str, language: str) -> str:
    """An address that fixes a language fixes the chosen one; any other stays, for the cookie decides."""
    path, mark, query = address.partition("?")
    prefix, rest = split(path)
    if not prefix:
        return address
    chosen = next(prefix for prefix, code in PREFIXES.items() if code == language)
    return f"/{chosen}{rest or '/'}{mark}{query}"

"""The language switch: every page posts to it, and a cookie stores the choice."""

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from registry.middleware.language import PREFIXES, split


class LanguageForm(forms.Form):
    """`language` is a language of the site; `next` is a path on this site, with its query string."""

    language = forms.ChoiceField(choices=settings.LANGUAGES)
    next = forms.CharField(required=False, max_length=2_000)


@csrf_exempt  # pages set no cookie, hence no token; a forged post can only change the language
@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Store the language and redirect back to the page, query string included; 400 for an unknown language."""
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
    """The address if it is a path on this site, otherwise the start page."""
    is_path = address.startswith("/") and url_has_allowed_host_and_scheme(
        address, allowed_hosts=None, require_https=request.is_secure()
    )
    return address if is_path else "/"


def _in_language(address: str, language: str) -> str:
    """The address with its language prefix replaced; one without a prefix is unchanged, as the cookie decides."""
    path, mark, query = address.partition("?")
    prefix, rest = split(path)
    if not prefix:
        return address
    chosen = next(prefix for prefix, code in PREFIXES.items() if code == language)
    return f"/{chosen}{rest or '/'}{mark}{query}"

"""Two-factor authentication with codes from an app, which the site can require (`REQUIRE_2FA`)."""

from __future__ import annotations

import io
from base64 import b32encode
from collections.abc import Iterable
from typing import Any

import django_otp
import qrcode
from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_otp import user_has_device
from django_otp.plugins.otp_totp.models import TOTPDevice
from qrcode.image.svg import SvgPathFillImage

from models_catalog.claims.recording import recorded
from models_catalog.curation.pages import page, who
from models_catalog.limits.logins import end_sessions
from models_catalog.limits.senders import SKEW


class LoginForm(AdminAuthenticationForm):
    """The log-in form: name, password and, for users with a device, a code."""

    otp_token = forms.CharField(
        label=gettext_lazy("Code from your app"), required=False, max_length=16,
        help_text=gettext_lazy("Only if you have set up two-factor authentication."),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )  # fmt: skip

    def confirm_login_allowed(self, user: Any) -> None:
        super().confirm_login_allowed(user)
        if not user_has_device(user):
            return
        token = self.cleaned_data.get("otp_token")
        if not token:
            raise ValidationError(_("Enter the code from your app too: two-factor authentication is set up."))
        refusal = _why_not(django_otp.devices_for_user(user))  # first, since an attempt may throttle
        user.otp_device = django_otp.match_token(user, token)
        if user.otp_device is None:
            raise ValidationError(refusal)


def _why_not(devices: Iterable[Any]) -> str:
    """Return the message for a refused code, which is not even checked for a while after wrong ones.

    Failures recorded in the future are reset: they were made while the clock was wrong.
    """
    devices = list(devices)
    for device in devices:
        failed = device.throttling_failure_timestamp
        if failed and failed > timezone.now() + SKEW:
            device.throttle_reset()
    if any(device.verify_is_allowed()[0] for device in devices):
        return _("This is not the code of now. Try the next one.")
    return _(
        "No code is accepted for some seconds after a wrong one. Wait a little, then enter the next one."
    )


def may_enter(request: HttpRequest) -> bool:
    """Return whether the session has passed two-factor authentication, if it is required."""
    return not settings.REQUIRE_2FA or _is_verified(request)


def must_set_up(request: HttpRequest) -> bool:
    """Return whether a logged-in user must set up two-factor authentication, having no device yet."""
    user = request.user
    return user.is_authenticated and user.is_staff and not may_enter(request) and not user_has_device(user)


def _is_verified(request: HttpRequest) -> bool:
    """Return whether this session has given a code; `OTPMiddleware` adds the method to users."""
    verified = getattr(request.user, "is_verified", None)
    return bool(verified and verified())


def _own_device(request: HttpRequest) -> TOTPDevice:
    """Return the user's confirmed device, else an unconfirmed one, created if missing."""
    devices = TOTPDevice.objects.filter(user=request.user).order_by("-confirmed", "pk")
    return devices.first() or TOTPDevice.objects.create(user=request.user, name="app", confirmed=False)


def _refuse_strangers(request: HttpRequest) -> HttpResponse | None:
    """Redirect users who are not logged in as staff; raise `PermissionDenied` if their code is still missing."""
    if not (request.user.is_active and request.user.is_staff):
        return redirect_to_login(request.get_full_path(), reverse("admin:login"))
    if user_has_device(request.user) and not _is_verified(request):
        raise PermissionDenied
    return None


def set_up(request: HttpRequest) -> HttpResponse:
    """Show the secret until the first code confirms the app; afterwards offer to remove the device."""
    if refused := _refuse_strangers(request):
        return refused
    with recorded("set up second factor", who=who(request)):
        return _set_up(request)


def _set_up(request: HttpRequest) -> HttpResponse:
    device = _own_device(request)
    if request.method == "POST":
        refusal = _why_not([device])
        if not device.verify_token(request.POST.get("token", "")[:16]):
            messages.error(request, refusal)
        elif device.confirmed and "_remove" in request.POST:
            device.delete()
            messages.success(request, _("Two-factor authentication is off."))
        else:
            device.confirmed = True
            device.save()
            django_otp.login(request, device)
            end_sessions(user=device.user, but=request.session.session_key)  # opened by password alone
            messages.success(request, _("Two-factor authentication is on."))
        return redirect("admin:two_factor")
    secret = b32encode(device.bin_key).decode()
    context = {
        "title": _("Two-factor authentication"),
        "device": device,
        "secret": "" if device.confirmed else secret,
    }
    return page(request, "admin/two_factor.html", context)


def picture(request: HttpRequest) -> HttpResponse:
    """Return the secret as a QR code (SVG) until the device is confirmed; black on white in every theme."""
    if refused := _refuse_strangers(request):
        return refused
    device = _own_device(request)
    if device.confirmed:
        raise PermissionDenied
    file = io.BytesIO()
    qrcode.make(device.config_url, image_factory=SvgPathFillImage).save(file)
    return HttpResponse(file.getvalue(), content_type="image/svg+xml", headers={"Cache-Control": "no-store"})

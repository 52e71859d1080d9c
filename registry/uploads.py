"""Limits on request bodies: their size, and files only for views that accept them, in memory, never on disk."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import MemoryFileUploadHandler, SkipFile
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from registry.errors import respond


class BodyMiddleware:
    """413 by the declared length, before the body is read. Runs after authentication, which decides the limit."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        length = request.META.get("CONTENT_LENGTH") or "0"
        size = int(length) if length.isascii() and length.isdigit() else 0  # as the server parses it
        if size <= settings.BODY_OF_A_READER or (
            size <= settings.DATA_UPLOAD_MAX_MEMORY_SIZE and _is_ours(request)
        ):
            return self.get_response(request)
        return respond(request, 413, _("This is more than is taken here. Send less at once."))


def _is_ours(request: HttpRequest) -> bool:
    return request.user.is_authenticated


class WantedFiles(MemoryFileUploadHandler):
    """The only upload handler: keeps a file in memory if the view accepts files, and skips it otherwise."""

    def handle_raw_input(self, *arguments: Any, **more: Any) -> None:
        self.activated = True  # `BodyMiddleware` limits the total size

    def new_file(self, *arguments: Any, **more: Any) -> None:
        found = self.request.resolver_match if self.request else None
        if found is None or not getattr(found.func, "takes_files", False):
            raise SkipFile
        super().new_file(*arguments, **more)

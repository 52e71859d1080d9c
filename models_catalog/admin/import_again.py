"""The very file that was imported before, uploaded again: no error, but said before anything is applied."""

from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from models_catalog.models import ImportBatch


def warn_of_earlier(request: HttpRequest, batch: ImportBatch) -> None:
    """Say so, and where, if the very same file was imported before and that was not undone."""
    same = ImportBatch.objects.filter(file_sha256=batch.file_sha256, state=ImportBatch.State.APPLIED)
    earlier = same.only("file_name", "applied_at").exclude(file_sha256="").order_by("-applied_at").first()
    if earlier:
        at = date_format(localtime(earlier.applied_at), "DATETIME_FORMAT")
        words = _("This very file was imported before, at %(at)s, and that was not undone:") % {"at": at}
        where = reverse("admin:models_catalog_importbatch_change", args=[earlier.pk])
        messages.warning(request, format_html('{} <a href="{}">{}</a>', words, where, earlier))

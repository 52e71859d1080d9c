"""Shows the page of an entry as readers would see it with what a curator selected in an article; saves nothing."""

from __future__ import annotations

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from models_catalog.catalog.entry_page import entry_page, find_entry
from models_catalog.claims.decide import decide
from models_catalog.claims.judge import NotAllowed
from models_catalog.curation.articles.choices import Choices
from models_catalog.curation.pages import who
from models_catalog.intake.articles.propose import propose_findings
from models_catalog.models import Claim, Entry
from models_catalog.models.vocabulary import Verdict
from models_catalog.text.names import fold


def preview_of(request: HttpRequest, choices: Choices, name: str) -> HttpResponse:
    """The page of the chosen entry with that name or slug, once all that waits for it is accepted. Raises `NotAllowed`."""
    with transaction.atomic():
        entry = _accepted(choices, name, who(request))
        shown = render(request, "entries/preview.html", {"entry": entry, "page": entry_page(entry)})
        transaction.set_rollback(True)
    return shown


def _accepted(choices: Choices, name: str, by: str) -> Entry:
    """Propose what was chosen, and accept it with whatever waits for the same entries."""
    outcome = propose_findings(source=choices.source, chosen=choices.chosen, proposer=by)
    about = [
        entry
        for entry, one in zip(outcome.about, choices.chosen, strict=True)
        if fold(one.new_name) == fold(name)
    ]
    if not about:
        raise NotAllowed(_("Select at least one finding of this model."))
    waiting = Claim.objects.proposed().filter(entry__in={entry.pk for entry in outcome.about})
    decide(claims=set(waiting.values_list("pk", flat=True)), verdict=Verdict.ACCEPT, by=by)
    if (entry := find_entry(about[0].slug)) is None:
        raise NotAllowed(_("Without a name readers do not see this entry: select its name too."))
    return entry

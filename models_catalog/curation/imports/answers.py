"""What a curator posts on the page of an import: columns, rows, new developers, words. Every valid part is kept."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from functools import cached_property
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from models_catalog.claims.recording import recorded
from models_catalog.curation.imports.forms import LONGEST, OPTIONS, CellsForm, MappingForm, WordForm
from models_catalog.curation.imports.questions import WHOLE
from models_catalog.curation.imports.steered import some_of
from models_catalog.curation.pages import who
from models_catalog.intake.tables.apply import plan_of
from models_catalog.intake.tables.decisions import forget_moved, join
from models_catalog.intake.tables.known import developers_called
from models_catalog.intake.tables.plan import LEAVE, NEW, SAME_AS_LINE, SPLIT, PlannedRow
from models_catalog.intake.tables.steering import NewMaker, new_makers, unknown_words
from models_catalog.intake.tables.upload import move, table_of
from models_catalog.intake.tables.words import narrow
from models_catalog.models import Developer, ImportBatch, Sector
from models_catalog.models.import_batch import Contents
from models_catalog.models.vocabulary import DeveloperKind, Status
from models_catalog.text.names import fold

MOST = 100
"""Maximum number of new developers, and of unknown words, on a page."""
_SAID = ("mapping", "options", "decisions")
"""The columns of an import that a curator steers it with."""
_KEY = re.compile(r"[0-9]{1,18}(\.[0-9]{1,3})?")
"""A row's key, or an entry's id."""


class MakerForm(forms.Form):
    """One new maker: its kind, or the developer that it is."""

    name = forms.CharField(max_length=LONGEST, widget=forms.HiddenInput)
    shown = forms.ChoiceField(choices=DeveloperKind.choices, widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=DeveloperKind.choices)
    near = forms.CharField(required=False, max_length=LONGEST)
    same = forms.CharField(
        label=gettext_lazy("Same as"), required=False, max_length=LONGEST,
        widget=forms.TextInput(attrs={"list": "developers", "placeholder": gettext_lazy("a new developer")}),
    )  # fmt: skip

    def __init__(
        self, *args: Any, developers: Mapping[str, Developer], new: Callable[[], Mapping[str, str]], **kwargs: Any
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.developers, self.new = developers, new

    def clean_same(self) -> dict[str, str]:
        """Return the developer, or the other new maker of the file, that the words name."""
        near = self.cleaned_data.get("near", "")
        told, own = self.cleaned_data["same"] or near, fold(self.cleaned_data.get("name", ""))
        if told in ("", NEW):
            return {"is_new": "1"} if told else {}
        if found := self.developers.get(fold(told)):
            return {"developer": found.slug}
        if other := self.new().get(fold(told)) if fold(told) != own else None:
            return {"as": other}
        said = _("There is no other developer “%(name)s”, and none is new in this file.")
        raise forms.ValidationError(said % {"name": told[:60]})

    def said(self, before: Mapping[str, str]) -> dict[str, str]:
        """Return what `ImportBatch.options` keeps of the maker; a kind that was left as shown stays."""
        cleaned = self.cleaned_data
        kind = cleaned["kind"] if cleaned["kind"] != cleaned["shown"] else before.get("kind", "")
        return {"name": cleaned["name"], **cleaned["same"], **({"kind": kind} if kind else {})}


MakerForms = forms.formset_factory(MakerForm, extra=0, max_num=MOST, absolute_max=MOST)
WordForms = forms.formset_factory(WordForm, extra=0, max_num=MOST, absolute_max=MOST)


class Answers:
    """The forms of an open import: as posted, until `keep` has stored them; else as stored."""

    def __init__(self, batch: ImportBatch, posted: QueryDict | None = None) -> None:
        self.batch, data = batch, posted or QueryDict()
        has_columns = any(name.startswith("column-") for name in data)
        self.columns = MappingForm(data if has_columns else None, batch=batch, table=table_of(batch))
        self.makers = self._makers(data=data) if "makers-TOTAL_FORMS" in data else None
        self.words = self._words(data=data) if "words-TOTAL_FORMS" in data else None
        self.cells = self.cells_of(str(data["mend"]), data) if "mend" in data else None
        self.is_stale = False
        self.typed: dict[str, str] = {}
        """Answers about rows that were not stored, because somebody else was first."""
        self.forgotten: list[str] = []
        """Keys of rows about which something was forgotten, because its column changed."""

    def _makers(self, **given: Any) -> Any:
        developers = self.developers if any(given.values()) else {}
        form_kwargs = {"developers": developers, "new": lambda: self.new}
        return MakerForms(prefix="makers", form_kwargs=form_kwargs, **given)

    def _words(self, **given: Any) -> Any:
        sectors = list(Sector.objects.all()) if any(given.values()) else []
        return WordForms(prefix="words", form_kwargs={"sectors": sectors}, **given)

    def cells_of(self, key: str, data: QueryDict | None = None) -> CellsForm | None:
        """Return the form of a row's cells; None if there is no such row of a model."""
        if self.batch.contents != Contents.MODELS or not _KEY.fullmatch(key):
            return None
        form = CellsForm(data, batch=self.batch, table=table_of(self.batch), key=key)
        return form if form.fields else None

    @cached_property
    def developers(self) -> dict[str, Developer]:
        return developers_called()

    @cached_property
    def new(self) -> dict[str, str]:
        """The new makers of the file by folded name; costs a plan."""
        return {fold(maker.name): maker.name for maker in new_makers(plan_of(self.batch))}

    def keep(self, request: HttpRequest) -> bool:
        """Store each valid part; return whether all are valid. What is not stays in its form, as typed.

        If another curator stored something since the page was shown, nothing is; all stays in its form.
        """
        before, token = self._said(), token_of(self.batch)
        is_valid = self._take(request.POST)
        if self._said() == before:
            return is_valid
        self.is_stale = request.POST.get("seen", token) != token or not self._save(request, before)
        if self.is_stale:
            self.batch.refresh_from_db()
            self.typed = _rows_typed(request.POST)
            told = _(
                "Somebody else changed this import since the page was shown. Nothing of yours was kept: it is still in the forms. Check it, then send it again."
            )
            messages.warning(request, told)
            return False
        if self.columns.is_valid():
            self.columns = MappingForm(None, batch=self.batch, table=table_of(self.batch))
        if self.forgotten:
            told = _(
                "Other columns were chosen: corrections and answers that no longer fit were dropped, of lines %(lines)s"
            )
            messages.warning(request, told % {"lines": some_of(self.forgotten)})
        return is_valid

    def _said(self) -> dict[str, Any]:
        return {name: deepcopy(getattr(self.batch, name)) for name in _SAID}

    def _take(self, posted: QueryDict) -> bool:
        """Take each valid part over into the batch, unsaved; return whether all are valid."""
        parts = [part for part in (self.makers, self.words, self.cells) if part is not None]
        is_valid = [part.is_valid() for part in parts]
        self._keep_rows(posted)
        if self.cells is not None and self.cells.is_valid():
            self.cells.keep(self.batch.decisions)
        self._keep_makers()
        self._keep_words()
        if self.columns.is_bound:
            is_valid.append(self._keep_columns())
        if posted.get("become") in (Status.PROPOSED, Status.ACCEPTED):
            self.batch.options["status"] = posted["become"]
        self._keep_others(posted)
        return all(is_valid)

    def _save(self, request: HttpRequest, before: Mapping[str, Any]) -> bool:
        """Save the batch if it is open and as `before`; return whether it was."""
        now = {name: getattr(self.batch, name) for name in ("text", "encoding", *_SAID)}
        with recorded("prepare import", who=who(request), file=self.batch.file_name, batch=self.batch.pk):
            still_open = ImportBatch.objects.filter(pk=self.batch.pk, state=ImportBatch.State.UPLOADED)
            return bool(still_open.filter(**before).update(**now))

    def _keep_rows(self, posted: QueryDict) -> None:
        """Take the answers about rows, the rows that are ticked to be left out, and those that no longer are."""
        decisions = self.batch.decisions
        for key, answer in _rows_typed(posted).items():
            if answer == WHOLE:
                join(decisions, key.partition(".")[0])
            elif answer:
                decisions[key] = answer
            else:
                decisions.pop(key, None)

    def _keep_makers(self) -> None:
        makers: dict[str, Any] = self.batch.options.setdefault("makers", {})
        for form in self.makers or ():
            if form.is_valid() and form.cleaned_data:  # a form beyond those that were shown may be empty
                key = fold(form.cleaned_data["name"])
                said = form.said(makers.pop(key, {}))
                if said.keys() - {"name"}:
                    makers[key] = said

    def _keep_words(self) -> None:
        words: dict[str, Any] = self.batch.options.setdefault("words", {})
        for form in self.words or ():
            if form.is_valid() and form.cleaned_data:  # a form beyond those that were shown may be empty
                told = form.cleaned_data
                meanings = words.setdefault(told["field"], {})
                meanings.pop(narrow(told["words"]), "")
                if told["answer"]:
                    meanings[narrow(told["words"])] = told["answer"]

    def _keep_columns(self) -> bool:
        form, batch = self.columns, self.batch
        if not form.is_valid():
            return False
        before, decisions = batch.mapping, batch.decisions
        batch.mapping = form.mapping()
        batch.options |= {name: form.cleaned_data[name] for name in OPTIONS if name in form.fields}
        batch.options["headings"] = {**batch.options.get("headings", {}), **form.by_heading()}
        if form.moved:
            move(batch, form.moved)
        if batch.decisions is decisions:  # not those of another sheet
            self.forgotten = forget_moved(decisions, before, batch.mapping)
        return True

    def _keep_others(self, posted: QueryDict) -> None:
        """Call all rows, or all makers, that nobody decided on new, if a button says so."""
        if "others" in posted:
            asked = [row for row in plan_of(self.batch) if row.is_open and not row.several]
            self.batch.decisions |= {row.key: NEW for row in asked}
        if "all_new" in posted:
            makers = self.batch.options.setdefault("makers", {})
            for maker in new_makers(plan_of(self.batch)):
                if maker.near:
                    makers.setdefault(fold(maker.name), {"name": maker.name})["is_new"] = "1"

    def shown(self, rows: Sequence[PlannedRow], page: Any) -> dict[str, Any]:
        """Return the context of the forms for a plan: those with errors as typed, the others as stored."""
        new, unknown = new_makers(rows), unknown_words(rows)
        makers = Paginator([*new, *self._taken_for_others()], MOST).get_page(page)
        words = [*unknown, *self._with_meaning()]
        makers_typed, words_typed = (
            part if part is not None and (self.is_stale or not part.is_valid()) else None
            for part in (self.makers, self.words)
        )
        return {
            "form": self.columns, "seen": token_of(self.batch), "makers_page": makers, "makers_count": len(new), "words_count": len(words),
            "near_count": sum(bool(one.near) for one in new), "words_open": len(unknown),
            "makers": makers_typed or self._makers(initial=[self._initial(one) for one in makers]),
            "words": words_typed or self._words(initial=words[:MOST]),
            "labels": sorted({row.label for row in self.developers.values()}) if makers else [],
        }  # fmt: skip

    def _taken_for_others(self) -> list[NewMaker]:
        """Return the makers that the curator took for others, which the plan does not create."""
        makers = self.batch.options.get("makers", {}).values()
        kind = DeveloperKind.AI_COMPANY
        return [NewMaker(said["name"], kind, 0) for said in makers if {"developer", "as"} & said.keys()]

    def _initial(self, maker: NewMaker) -> dict[str, Any]:
        said = self.batch.options.get("makers", {}).get(fold(maker.name), {})
        found = self.developers.get(fold(said.get("developer", "")))
        same = found.label if found else said.get("as", "")
        return {**vars(maker), "shown": maker.kind, "same": same, "options": maker.near}

    def _with_meaning(self) -> list[dict[str, str]]:
        """Return the words to which the curator gave a meaning."""
        told = self.batch.options.get("words", {})
        return [
            {"field": of, "words": words, "answer": answer}
            for of, meanings in told.items()
            for words, answer in meanings.items()
        ]


def _rows_typed(posted: QueryDict) -> dict[str, str]:
    """Return row key → the answer that differs from the one shown; "" for a row that is no longer left out."""
    ticked = {key for key in posted.getlist("leave") if _KEY.fullmatch(key)}
    typed = dict.fromkeys({*posted.getlist("left")} - ticked, "") | dict.fromkeys(ticked, LEAVE)
    for name, value in posted.items():
        key, answer = name.removeprefix("row-"), str(value)
        if key == name or not _KEY.fullmatch(key) or answer == posted.get(f"was-{key}"):
            continue
        if answer in (NEW, LEAVE, SPLIT, WHOLE) or _KEY.fullmatch(answer.removeprefix(SAME_AS_LINE)):
            typed[key] = answer
    return typed


def token_of(batch: ImportBatch) -> str:
    """Return a token of all that was said about the import, to notice that somebody said more."""
    said = json.dumps([getattr(batch, name) for name in _SAID], sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()[:32]

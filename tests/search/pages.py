"""What a page says outside the parts that every page has: links and words of <main> without forms, tables, articles and navigation."""

from __future__ import annotations

from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr", "path", "use"}  # fmt: skip
LEFT_OUT = {"form", "table", "article", "nav"}


class Told(HTMLParser):
    """`links` and `text` of <main> without the parts left out."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.text = ""
        self._open: list[tuple[str, bool]] = []
        """The tags that are open, and of each whether its inside counts."""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        is_left_out = tag in LEFT_OUT or "legend" in (given.get("class") or "").split()
        counts = (tag == "main" or self._counts) and not is_left_out
        if counts and tag == "a" and given.get("href"):
            self.links.append(str(given["href"]))
        if tag not in VOID:
            self._open.append((tag, counts))

    def handle_endtag(self, tag: str) -> None:
        while any(name == tag for name, _counts in self._open) and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self._counts:
            self.text += data

    @property
    def _counts(self) -> bool:
        return bool(self._open) and self._open[-1][1]

"""What a page says outside the parts that every page has.

Links and words of <main> without forms, tables, their legends, the months covered, articles and navigation.
"""

from __future__ import annotations

import re
from html import unescape

MAIN = re.compile(r"<main\b.*?</main>", re.DOTALL)
LEFT_OUT = re.compile(
    r"""<(form|table|article|nav|(?:p|details)(?= class="legend| id="covered"))\b.*?</\1>""", re.DOTALL
)
LINK = re.compile(r'<a\b[^>]*? href="([^"]+)"')
TAG = re.compile(r"<[^>]*>")


class Told:
    """`links` and `text` of <main> without the parts left out, none of which stands within another of its kind."""

    def __init__(self, page: str) -> None:
        inside = LEFT_OUT.sub("", "".join(MAIN.findall(page)))
        self.links = [unescape(href) for href in LINK.findall(inside)]
        self.text = unescape(TAG.sub("", inside))

"""A small SVG sheet: lines, shapes, and text as outlines. Coordinates are pixels, y downwards."""

from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from models_catalog.charts.drawing import glyphs
from models_catalog.charts.drawing.palette import INK
from models_catalog.text.characters import for_xml

Point = tuple[float, float]


class SvgSheet:
    """A drawing under construction; `source` returns the finished document."""

    def __init__(self, width: float, height: float) -> None:
        self.width = width
        self.height = height
        self._body: list[str] = []
        self._glyphs: dict[str, str] = {}

    def rectangle(self, x: float, y: float, width: float, height: float, fill: str, edge: str = "") -> None:
        stroke = f' stroke="{edge}" stroke-width="1.5"' if edge else ""
        self._add(
            f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" fill="{fill}"{stroke}/>'
        )

    def line(self, start: Point, end: Point, colour: str, width: float = 1, dash: str = "") -> None:
        dashes = f' stroke-dasharray="{dash}"' if dash else ""
        (x1, y1), (x2, y2) = start, end
        self._add(
            f'<path d="M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}" stroke="{colour}" stroke-width="{width:g}"{dashes}/>'
        )

    def circle(self, centre: Point, radius: float, fill: str, edge: str, edge_width: float) -> None:
        x, y = centre
        self._add(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:g}" {_inked(fill, edge, edge_width)}/>')

    def polygon(self, points: Sequence[Point], fill: str, edge: str, edge_width: float) -> None:
        corners = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        self._add(f'<polygon points="{corners}" {_inked(fill, edge, edge_width)}/>')

    def words(
        self,
        at: Point,
        words: str,
        size: float,
        colour: str = INK,
        *,
        align: float = 0,
        bold: bool = False,
        turn: float = 0,
    ) -> float:
        """Draw `words` on the baseline from `at` (`align` 0), around it (0.5) or up to it (1). Returns their width."""
        width = glyphs.width(words, size)
        scale = size / glyphs.UNITS
        place = f"translate({at[0]:.1f} {at[1]:.1f})" + (f" rotate({turn:g})" if turn else "")
        weight = f' stroke="{colour}" stroke-width="{glyphs.UNITS * 0.035:g}"' if bold else ""
        pen, uses = -align * width / scale, []
        for character in glyphs.spelt(words):
            key = glyphs.key(character)
            self._glyphs.setdefault(key, f"g{len(self._glyphs)}")
            uses.append(f'<use href="#{self._glyphs[key]}" x="{pen:.0f}"/>')
            pen += glyphs.advance(key)
        self._add(
            f'<g transform="{place} scale({scale:g} -{scale:g})" fill="{colour}"{weight}>{"".join(uses)}</g>'
        )
        return width

    def source(self, title: str, description: str, ground: str) -> str:
        """The document, with title and description for screen readers."""
        outlines = "".join(
            f'<path id="{name}" d={quoteattr(glyphs.outline(key))}/>' for key, name in self._glyphs.items()
        )
        size = f'width="{self.width:g}" height="{self.height:g}" viewBox="0 0 {self.width:g} {self.height:g}"'
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-labelledby="title description">'
            f'<title id="title">{escape(for_xml(title))}</title>'
            f'<desc id="description">{escape(for_xml(description))}</desc>'
            f'<defs>{outlines}</defs><rect width="100%" height="100%" fill="{ground}"/>{"".join(self._body)}</svg>\n'
        )

    def _add(self, element: str) -> None:
        self._body.append(element)


def _inked(fill: str, edge: str, edge_width: float) -> str:
    return f'fill="{fill}" stroke="{edge}" stroke-width="{edge_width:g}"'

"""Colours of charts: four hues that colour-blind readers can tell apart on both backgrounds, and the paper.

The browser replaces ink, muted, hairline and ground with those of its theme; the hues are the same in both.
"""

BLUE = "#0072B2"
VERMILION = "#D55E00"
GREEN = "#009E73"
PURPLE = "#A6558A"
HUES = (BLUE, VERMILION, GREEN, PURPLE)

INK = "#1b1f24"
MUTED = "#5b6470"
HAIRLINE = "#d9d8d5"
GROUND = "#fbfaf7"

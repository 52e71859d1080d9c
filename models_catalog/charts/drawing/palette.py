"""The colours of charts: four hues that stay apart for colour-blind readers on both grounds, and the paper they stand on.

The browser replaces ink, muted, hairline and ground by the theme's own; the hues are the same in both themes.
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

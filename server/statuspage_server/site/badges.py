"""A badge: two words side by side, as an SVG that needs no font measuring."""

from dataclasses import dataclass

from markupsafe import escape

# On these white letters can be read (4.5:1 and more).
COLOURS = {
    "operational": "#15803d",
    "degraded_performance": "#854d0e",
    "partial_outage": "#c2410c",
    "major_outage": "#b91c1c",
    "under_maintenance": "#1d4ed8",
    "unknown": "#4b5563",
}
PADDING = 8
# Of Verdana at 11 pixels, roughly; `textLength` makes the letters fit what is reserved for them.
NARROW, USUAL, BROAD, IDEOGRAPH = 4.0, 6.6, 9.5, 11.5


@dataclass(frozen=True, slots=True)
class Badge:
    label: str
    word: str
    status: str

    def svg(self) -> str:
        left, right = _width(self.label), _width(self.word)
        total = left + right
        label, word = escape(self.label), escape(self.word)
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{total}" height="20" role="img" '
            f'aria-label="{label}: {word}"><title>{label}: {word}</title>'
            f'<clipPath id="r"><rect width="{total}" height="20" rx="4"/></clipPath>'
            f'<g clip-path="url(#r)"><rect width="{left}" height="20" fill="#3b424b"/>'
            f'<rect x="{left}" width="{right}" height="20" fill="{COLOURS[self.status]}"/></g>'
            '<g fill="#fff" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11">'
            f'<text x="{PADDING}" y="14" textLength="{left - 2 * PADDING}">{label}</text>'
            f'<text x="{left + PADDING}" y="14" textLength="{right - 2 * PADDING}">{word}</text>'
            "</g></svg>"
        )


def _width(text: str) -> int:
    return round(sum(map(_of_letter, text))) + 2 * PADDING


def _of_letter(letter: str) -> float:
    if letter in "fijlrtI.,:;|!' ()[]":
        return NARROW
    if letter in "mwMW@%":
        return BROAD
    return IDEOGRAPH if ord(letter) > 0x2E7F else USUAL

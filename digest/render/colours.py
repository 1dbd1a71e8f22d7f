"""The colours of an edition: made from the owner's accent so that every text on them can be read.

Contrast is WCAG 2.2's, §1.4.3: at least 4.5 to 1 for text. https://www.w3.org/TR/WCAG22/#contrast-minimum
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

MINIMUM_CONTRAST = 4.5

_BLACK, _WHITE = "#000000", "#ffffff"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shades:
    """Colours as "#rrggbb": mail clients drop a whole style for anything newer than hexadecimal."""

    #: Around the message.
    canvas: str
    #: Behind the text.
    sheet: str
    #: Headlines.
    ink: str
    #: Running text.
    text: str
    #: Dates, publishers, the footer.
    muted: str
    #: Lines between stories.
    rule: str
    #: Under a headline: a line quieter than its words, yet seen (3 to 1, WCAG 2.2 §1.4.11).
    underline: str
    #: The owner's colour, darkened or lightened as far as reading needs.
    accent: str

    @property
    def texts(self) -> tuple[str, ...]:
        return (self.ink, self.text, self.muted, self.accent)

    @property
    def grounds(self) -> tuple[str, ...]:
        return (self.sheet, self.canvas)


def light_shades(accent: str) -> Shades:
    canvas, sheet = "#f4f2ed", "#ffffff"
    return Shades(
        canvas=canvas,
        sheet=sheet,
        ink="#1b1a18",
        text="#3b3936",
        muted="#67625a",
        rule="#e5e0d7",
        underline="#8f897f",
        accent=readable(accent, on=(sheet, canvas), towards=_BLACK),
    )


def dark_shades(accent: str) -> Shades:
    canvas, sheet = "#121211", "#1c1b1a"
    return Shades(
        canvas=canvas,
        sheet=sheet,
        ink="#f3efe7",
        text="#d2cdc3",
        muted="#a29c92",
        rule="#383530",
        underline="#7d776d",
        # Bright colours on dark ground dazzle long before they fail: a higher bar pulls them towards pastel.
        accent=readable(accent, on=(sheet, canvas), towards=_WHITE, ratio=6.5),
    )


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, 1 (none) to 21 (black on white)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def readable(colour: str, *, on: Sequence[str], towards: str, ratio: float = MINIMUM_CONTRAST) -> str:
    """The nearest mixture of `colour` and `towards` that can be read on every ground; at worst `towards` itself."""
    for percent in range(0, 101, 2):
        mixture = _mixture(colour, towards, percent / 100)
        if all(contrast(mixture, ground) >= ratio for ground in on):
            return mixture
    return towards


def _mixture(one: str, other: str, share: float) -> str:
    pairs = zip(_channels(one), _channels(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(channel / 255) for channel in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4

"""An operator's colours as custom properties of the stylesheet, legible whatever was chosen."""

from statuspage_server.config.appearance import Colours
from statuspage_server.core.contrast import contrast

READABLE = 4.5
LIGHT, DARK = ("#ffffff", "#1a1d21"), ("#0e1116", "#e8eaed")


def theme_css(colours: Colours) -> str:
    schemes = {
        "light": _properties(colours.accent, colours.background, colours.text, LIGHT),
        "dark": _properties(colours.accent_dark, colours.background_dark, colours.text_dark, DARK),
    }
    return "\n".join(
        f"@media (prefers-color-scheme: {scheme}) {{ :root {{ {properties} }} }}"
        for scheme, properties in schemes.items()
        if properties
    )


def _properties(
    accent: str | None, background: str | None, text: str | None, defaults: tuple[str, str]
) -> str:
    behind, words = background or defaults[0], text or defaults[1]
    found = {"--page": background, "--text": text, "--accent": accent}
    if accent:
        # Brands choose colours that cannot be read: then links are in the colour of the text,
        # and on the colour itself stands whichever of black and white is easier to read.
        found["--link"] = accent if contrast(accent, behind) >= READABLE else words
        found["--on-accent"] = max("#ffffff", "#000000", key=lambda one: contrast(one, accent))
    return " ".join(f"{name}: {value};" for name, value in found.items() if value)

"""Stylesheet, script and icons: files of ours, each under an address that changes with it."""

import gzip
import hashlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from statuspage_server.config.appearance import Appearance
from statuspage_server.site.theme import theme_css

STATIC = Path(__file__).parent / "static"
STYLES = ("base.css", "status.css", "history.css")
FOREVER = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class Asset:
    name: str
    body: bytes
    media_type: str
    zipped: bytes
    digest: str

    @classmethod
    def of(cls, name: str, body: bytes, media_type: str) -> "Asset":
        digest = hashlib.sha256(body).hexdigest()[:12]
        return cls(name, body, media_type, gzip.compress(body, mtime=0), digest)

    @property
    def address(self) -> str:
        return f"/assets/{self.name}?v={self.digest}"


def _read(name: str, media_type: str) -> Asset:
    return Asset.of(name, (STATIC / name).read_bytes(), media_type)


SCRIPT = _read("site.js", "text/javascript; charset=utf-8")
EMBED_SCRIPT = _read("embed.js", "text/javascript; charset=utf-8")
FRAME_SCRIPT = _read("frame.js", "text/javascript; charset=utf-8")
_ICONS = [_read(path.name, "image/svg+xml") for path in sorted(STATIC.glob("favicon-*.svg"))]
ADMIN_STYLE = _read("admin.css", "text/css; charset=utf-8")
ASSETS = {asset.name: asset for asset in (SCRIPT, FRAME_SCRIPT, ADMIN_STYLE, *_ICONS)}


@lru_cache(maxsize=1)
def _own_style() -> str:
    return "".join((STATIC / name).read_text(encoding="utf-8") for name in STYLES)


def stylesheet(look: Appearance) -> Asset:
    """One file, so that the first paint waits for one request."""
    return _stylesheet(theme_css(look.colors), look.css or "")


@lru_cache(maxsize=64)
def _stylesheet(theme: str, custom: str) -> Asset:
    body = "\n".join(part for part in (_own_style(), theme, custom) if part)
    return Asset.of("style.css", body.encode(), "text/css; charset=utf-8")


def style_address(base: str, look: Appearance) -> str:
    return f"{base}/style.css?v={stylesheet(look).digest}"

"""Which characters the shipped fonts can print, read from the fonts themselves.

The character table of every font in `fonts/` is read once per process; no font library is needed to run.
"""

import struct
import unicodedata
from functools import cache
from pathlib import Path

FONTS = Path(__file__).parent / "fonts"

#: In a table cell these have no shape of their own, whatever the font.
_SHAPELESS = frozenset({"Cc", "Cf", "Zl", "Zp", "Zs"})
_VARIATION_SELECTORS = frozenset(range(0xFE00, 0xFE10)) | frozenset(range(0xE0100, 0xE01F0))


def missing_glyphs(text: str) -> set[str]:
    """The characters of `text` that no shipped font has; empty when all of it can be printed."""
    return {c for c in set(text) if ord(c) not in coverage() and not _invisible(c)}


def printable(text: str) -> str:
    """`text` with every character that no shipped font has replaced by the replacement sign, so it is seen."""
    missing = missing_glyphs(text)
    if not missing:
        return text
    return "".join("\ufffd" if c in missing else c for c in text)


@cache
def coverage() -> frozenset[int]:
    """Every code point that at least one shipped font can print."""
    fonts = sorted((*FONTS.glob("*.ttf"), *FONTS.glob("*.otf")))
    return frozenset().union(*(_code_points(path) for path in fonts))


def _invisible(character: str) -> bool:
    if ord(character) in _VARIATION_SELECTORS:
        return True
    return unicodedata.category(character) in _SHAPELESS


def _code_points(path: Path) -> set[int]:
    """The code points of one font's character table; format 12 (all planes) where it has one, otherwise format 4."""
    data = path.read_bytes()
    count = struct.unpack_from(">H", data, 4)[0]
    tables = {data[i : i + 4]: struct.unpack_from(">I", data, i + 8)[0] for i in range(12, 12 + 16 * count, 16)}
    start = tables[b"cmap"]
    subtables = struct.unpack_from(">H", data, start + 2)[0]
    offsets = [start + struct.unpack_from(">I", data, start + 8 + 8 * i)[0] for i in range(subtables)]
    formats = {struct.unpack_from(">H", data, offset)[0]: offset for offset in offsets}
    if 12 in formats:
        return _format_12(data, formats[12])
    return _format_4(data, formats[4])


def _format_12(data: bytes, offset: int) -> set[int]:
    points: set[int] = set()
    for group in range(struct.unpack_from(">I", data, offset + 12)[0]):
        first, last = struct.unpack_from(">II", data, offset + 16 + 12 * group)
        points.update(range(first, last + 1))
    return points


def _format_4(data: bytes, offset: int) -> set[int]:
    count = struct.unpack_from(">H", data, offset + 6)[0] // 2
    ends = struct.unpack_from(f">{count}H", data, offset + 14)
    starts = struct.unpack_from(f">{count}H", data, offset + 16 + 2 * count)
    return {point for first, last in zip(starts, ends, strict=True) for point in range(first, last + 1)} - {0xFFFF}

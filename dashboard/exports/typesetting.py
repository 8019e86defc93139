"""The one door to the typesetter: a template of this folder and data in, a tagged PDF out.

Data travels as JSON beside the template and is never turned into markup, so a name cannot be an instruction.
Only the shipped fonts are used and nothing is fetched.
"""

import json
import threading
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import typst

from dashboard.exports.glyphs import FONTS, printable
from dashboard.exports.sheet import plain

HERE = Path(__file__).parent

Json = str | float | int | bool | None | tuple["Json", ...] | list["Json"] | Mapping[str, "Json"]

#: The typesetter's fonts and its memory of earlier runs are shared; one document at a time per process.
_lock = threading.Lock()


def typeset(template: str, data: Mapping[str, Json]) -> bytes:
    """The PDF (PDF/UA-1, no creation time of its own) that `template`, a file of this folder, makes of `data`."""
    inputs = {"data": json.dumps(_clean(data), ensure_ascii=False)}
    with _lock:
        made = _compiler().compile(
            input=str(HERE / template), format="pdf", sys_inputs=inputs, pdf_standards=["ua-1"], root=HERE
        )
    if not isinstance(made, bytes):
        raise TypeError("the typesetter gave no document")
    return made


@cache
def _compiler() -> typst.Compiler:
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])
    return typst.Compiler(font_paths=fonts, root=HERE, package_path=HERE, package_cache_path=HERE)


def _clean(value: Json) -> Json:
    if isinstance(value, str):
        return printable(plain(value))
    if isinstance(value, Mapping):
        return {key: _clean(item) for key, item in value.items()}
    if isinstance(value, (tuple, list)):
        return [_clean(item) for item in value]
    return value

"""Fonts for names in any script: the machine's own where it has one, else those shipped with the printed lists.

A browser asks for a font only when a letter of its range is on the page.
"""

FAMILY = "Offramp Names"

#: File of `exports/fonts/` -> the Unicode ranges it is used for.
RANGES = {
    "NotoSansArabic-Regular.ttf": "U+600-6FF, U+750-77F, U+8A0-8FF, U+FB50-FDFF, U+FE70-FEFF",
    "NotoSansArmenian-Regular.ttf": "U+530-58F",
    "NotoSansBengali-Regular.ttf": "U+980-9FF",
    "NotoSansCJKsc-Regular.otf": "U+1100-11FF, U+2E80-9FFF, U+A960-A97F, U+AC00-D7FF, U+F900-FAFF, U+FF00-FFEF, U+20000-2FA1F",
    "NotoSansDevanagari-Regular.ttf": "U+900-97F, U+A8E0-A8FF",
    "NotoSansEthiopic-Regular.ttf": "U+1200-139F, U+2D80-2DDF, U+AB00-AB2F",
    "NotoSansGeorgian-Regular.ttf": "U+10A0-10FF, U+1C90-1CBF, U+2D00-2D2F",
    "NotoSansGujarati-Regular.ttf": "U+A80-AFF",
    "NotoSansGurmukhi-Regular.ttf": "U+A00-A7F",
    "NotoSansHebrew-Regular.ttf": "U+590-5FF, U+FB1D-FB4F",
    "NotoSansKannada-Regular.ttf": "U+C80-CFF",
    "NotoSansKhmer-Regular.ttf": "U+1780-17FF, U+19E0-19FF",
    "NotoSansLao-Regular.ttf": "U+E80-EFF",
    "NotoSansMalayalam-Regular.ttf": "U+D00-D7F",
    "NotoSansMongolian-Regular.ttf": "U+1800-18AF",
    "NotoSansMyanmar-Regular.ttf": "U+1000-109F, U+A9E0-A9FF, U+AA60-AA7F",
    "NotoSansOriya-Regular.ttf": "U+B00-B7F",
    "NotoSansSinhala-Regular.ttf": "U+D80-DFF",
    "NotoSansTamil-Regular.ttf": "U+B80-BFF",
    "NotoSansTelugu-Regular.ttf": "U+C00-C7F",
    "NotoSansThaana-Regular.ttf": "U+780-7BF",
    "NotoSansThai-Regular.ttf": "U+E00-E7F",
    "NotoSerifTibetan-Regular.ttf": "U+F00-FFF",
}

#: The machine's own font is taken first: the Chinese, Japanese and Korean one is 13 MB.
_LOCAL = {
    "NotoSansCJKsc-Regular.otf": (
        "Noto Sans CJK SC",
        "NotoSansCJKsc-Regular",
        "PingFang SC",
        "Microsoft YaHei",
        "Source Han Sans SC",
    ),
}


def faces() -> str:
    """Return the CSS rules that offer each font for its range."""
    return "".join(
        f'@font-face {{ font-family: "{FAMILY}"; unicode-range: {ranges}; font-display: swap; src: {_source(file)}; }}\n'
        for file, ranges in RANGES.items()
    )


def _source(file: str) -> str:
    own = "".join(f'local("{name}"), ' for name in _LOCAL.get(file, (file.partition("-")[0],)))
    return f"{own}url(/fonts/{file})"

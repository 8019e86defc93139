"""Names and yes-or-no cells as court systems write them.

A name is put into the order in which it is spoken and otherwise left as written: capitals, too, because turning
MCDONALD into Mcdonald would be a guess.
"""

import re

from models.rules.called import tidy

_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv", "v"})
_CAPTION = re.compile(
    r"^(?:the )?(?:people|state|commonwealth|city|county|town|united states|government)\b.*?\bv(?:s|ersus)?[.]?\s+",
    re.IGNORECASE,
)
_NO = frozenset({"", "n", "no", "none", "false", "0", "not needed", "not required", "n/a", "na", "-", "english"})
_YES = frozenset({"y", "yes", "true", "1", "x", "needed", "required", "✓"})

LANGUAGE_UNKNOWN = "language not recorded"


def spoken_order(written: str) -> str:
    """Return "Chen, Mei Lin" as "Mei Lin Chen", "GARCIA, JOSE, JR" as "JOSE GARCIA JR"; a caption loses its plaintiff."""
    parts = [tidy(part) for part in _CAPTION.sub("", tidy(written)).split(",")]
    family, *others = [part for part in parts if part] or [""]
    suffixes = [part for part in others if part.casefold().strip(".") in _SUFFIXES]
    given = [part for part in others if part not in suffixes]
    return " ".join([*given, family, *suffixes])


def joined_name(first: str, middle: str, last: str, suffix: str) -> str:
    """Return a name from its own columns, in the order in which it is spoken."""
    return " ".join(part for part in map(tidy, (first, middle, last, suffix)) if part)


def interpreter(written: str, languages: tuple[str, ...]) -> str | None:
    """Return the interpreter's language: as written, or for a mere "yes" her own; None when none is needed."""
    plain = tidy(written)
    if plain.casefold() in _NO:
        return None
    if plain.casefold() in _YES:
        return languages[0] if languages else LANGUAGE_UNKNOWN
    return plain


def listed(written: str) -> tuple[str, ...]:
    """Return several languages of one cell ("Spanish; English"), each once."""
    return tuple(dict.fromkeys(word for part in re.split(r"[;,/|]", written) if (word := tidy(part))))

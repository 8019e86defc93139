"""Names made equal for finding: without case, accents and punctuation, in whatever script they are written.

For searching and comparing only; what is shown is `called`'s. Scripts are kept: no name is turned into Latin letters.
"""

import re
import unicodedata

#: Latin letters that do not come apart into a letter and its mark.
_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŋ": "n"}
)
#: Marks that writers leave out: accents, Hebrew and Arabic pointing, tatweel. Indic vowel signs are letters and stay.
_MARKS = re.compile("[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640]")
_APOSTROPHES = re.compile("['`´ʹʻʼʽˈ\u2018\u2019\u201b\u2032\uff07]")
#: Scripts written without spaces, in which two letters are already a name.
_SHORT_NAMES = re.compile("[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff]")


def fold(name: str | None) -> str:
    """Return a name for finding: "D'Ávila-López, Zoë" gives "davila lopez zoe"; empty for none."""
    text = unicodedata.normalize("NFKD", name or "").casefold()
    text = unicodedata.normalize("NFKD", text).translate(_LETTERS)
    text = unicodedata.normalize("NFC", _APOSTROPHES.sub("", _MARKS.sub("", text)))
    return " ".join("".join(map(_kept, text)).split())


def search_key(*names: str | None) -> str:
    """Return the folded words of a person's names, each once, every one after a space: " mei chen 陈美".

    A word that begins with "che" is then found by LIKE '% che%'.
    """
    words = dict.fromkeys(word for name in names for word in fold(name).split())
    return "".join(f" {word}" for word in words)


def beginnings(*names: str | None) -> tuple[str, ...]:
    """Return how each word of the names begins, as far as a search for similar ones should ask; longest word first."""
    words = dict.fromkeys(word for name in names for word in fold(name).split())
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return tuple(dict.fromkeys(word[: 2 if _SHORT_NAMES.search(word) else 4] for word in ordered))


def _kept(char: str) -> str:
    """Keep letters, their signs and figures; drop what cannot be seen; all else parts words."""
    category = unicodedata.category(char)
    if category == "Cf":
        return ""
    return char if category[0] in "LMN" else " "

"""How a person is called on a screen, on a list and on a wall.

The preferred name comes first and is never completed from the legal one. Counts letters as a reader does (a letter with
its marks is one), in any script. It decides nothing about who may look: that is `permissions` and `privacy`.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

NO_NAME = "Name not recorded"

_JOINERS = "\u200c\u200d"
#: Signs that bind the next consonant into the same written letter in Indic scripts (Unicode UAX 29, rule GB9c).
_VIRAMAS = "\u094d\u09cd\u0acd\u0b4d\u0c4d\u0d4d"
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})


def tidy(name: str | None) -> str:
    """Return a name as it is shown: composed, single spaces, without invisible controls that could turn its direction."""
    text = name or ""
    if text.isprintable() and unicodedata.is_normalized("NFC", text):  # most names: nothing to compose, nothing hidden
        return " ".join(text.split())
    text = unicodedata.normalize("NFC", text)
    seen = (" " if char.isspace() else char for char in text)
    return " ".join("".join(char for char in seen if _visible(char)).split())


def graphemes(text: str) -> tuple[str, ...]:
    """Return the letters of `text` as a reader counts them: each with its combining marks and joiners."""
    if text.isascii():
        return tuple(text)
    clusters: list[str] = []
    for char in unicodedata.normalize("NFC", text):
        if clusters and _continues(clusters[-1], char):
            clusters[-1] += char
        else:
            clusters.append(char)
    return tuple(clusters)


def initials(name: str | None) -> str:
    """Return the initials of the first and last word, "M. C."; one for a single name; `NO_NAME` for none."""
    words = _words(name)
    ends = words[:1] + words[1:][-1:]
    return " ".join(f"{_initial(word)}." for word in ends) or NO_NAME


def called(preferred: str | None, legal: str | None, initials_only: bool, faces_room: bool) -> str:
    """Return how the bench and the case file head a person: "Mei Chen"; "M. C." where names are to be hidden."""
    name = tidy(preferred) or tidy(legal)
    if initials_only or faces_room:
        return initials(name)
    return name or NO_NAME


def short_name(preferred: str | None, legal: str | None, initials_only: bool, faces_room: bool) -> str:
    """Return how a list inside the court calls a person: "Mei C."; a single name stays whole."""
    name = tidy(preferred) or tidy(legal)
    return initials(name) if initials_only or faces_room else _short(name)


def public_name(preferred: str | None, legal: str | None, alias: str | None = None) -> str:
    """Return all that a list on a wall may say of a person: the alias the court gave, or initials; never a name."""
    return tidy(alias) or initials(tidy(preferred) or tidy(legal))


@dataclass(frozen=True, slots=True)
class Names:
    """Every way a docket may call one person; a name that is to be hidden is in none of them."""

    short: str  # on a list inside the court
    full: str  # as the bench calls her
    initials: str
    public: str  # on a wall


def names_of(preferred: str | None, legal: str | None, alias: str | None, initials_only: bool) -> Names:
    """Return all of them at once, for lists of hundreds: as `short_name`, `called`, `initials` and `public_name` do."""
    name = tidy(preferred) or tidy(legal)
    hidden = initials(name)
    if initials_only:
        return Names(hidden, hidden, hidden, tidy(alias) or hidden)
    return Names(_short(name), name or NO_NAME, hidden, tidy(alias) or hidden)


def _short(name: str) -> str:
    words = _words(name)
    if len(words) < 2:
        return name or NO_NAME
    return f"{words[0]} {_initial(words[-1])}."


def _visible(char: str) -> bool:
    return char in _JOINERS or unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Co", "Cn"}


def _continues(cluster: str, char: str) -> bool:
    if unicodedata.category(char).startswith("M") or char in _JOINERS:
        return True
    # A joiner binds a following letter only after a virama; elsewhere (Persian) it merely shapes.
    return cluster.rstrip(_JOINERS)[-1:] in tuple(_VIRAMAS) and char.isalpha()


def _words(name: str | None) -> list[str]:
    words = [word for word in tidy(name).split() if any(char.isalnum() for char in word)]
    while len(words) > 1 and words[-1].strip(".,").casefold() in _SUFFIXES:
        words.pop()
    return words


def _initial(word: str) -> str:
    return _capital(next(_letters(word), word[:1]))


def _letters(word: str) -> Iterator[str]:
    return (cluster for cluster in graphemes(word) if cluster[0].isalnum())


def _capital(letter: str) -> str:
    """Capitalise where that is one letter for one ("ß" stays)."""
    title = letter.title()
    return title if len(graphemes(title)) == 1 else letter

"""What the court promised at an appearance, in the judge's own words: how to repeat it, and what number it names.

Only reads the words; whether a promise is kept is for the judge to say.
"""

import re

from models.rules import words

#: First words that lose their capital inside a sentence; any other may be a name.
_SMALL_WORDS = frozenset({"A", "An", "The", "To", "Praise", "Certificate", "One", "No"})


def sessions_promised(promise: str) -> int | None:
    """Return the number in a promise like "a certificate at four sessions"; None when it names none."""
    found = re.search(r"\b(?:at|after|for) (?:the )?(\w+) (?:attended )?sessions?\b", promise, re.IGNORECASE)
    if not found:
        return None
    word = found[1].lower()
    if word.isascii() and word.isdecimal():
        return int(word)
    return next((n for n in range(1, 11) if word in {words.small(n), words.ordinal_word(n)}), None)


def within_a_sentence(promise: str) -> str:
    """Return a promise fit for the middle of a sentence: one line, no full stop, a small first letter where it may be."""
    text = " ".join(promise.split()).rstrip(".")
    return text[:1].lower() + text[1:] if text.partition(" ")[0] in _SMALL_WORDS else text

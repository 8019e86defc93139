"""Whether words tell where somebody can be found: what looks like a street address, or names a confidential place.

For whoever typed them to look again; it decides nothing and keeps nothing. It knows how addresses are written in the
United States. A post office box is no place where anybody is found, and is let through. It can be wrong both ways: a
place without a number is not seen, and a number before a street's name may be something else.
"""

import re
from collections.abc import Iterable
from enum import StrEnum

from models.rules.names import fold

_NUMBER = r"\b\d{1,5}(?:-\d{1,4})?[a-zA-Z]?(?:\s+1/2)?,?\s+"
#: Words that do not stand inside a street's name: "3 nights on the street" is none.
_NOT_IN_A_NAME = r"(?!(?:on|in|the|at|of|from|to|a|an|and|or|for|with|by|off|under|is|was|per)\b)"
#: "123 main street", "45-10 21st Avenue", "1200 N. Martin Luther King Blvd", "17 Broadway".
_PLAIN = re.compile(
    rf"{_NUMBER}(?:{_NOT_IN_A_NAME}[\w'.]+\s+){{1,4}}?(?:street|avenue|boulevard|blvd|road|parkway|pkwy|highway|hwy|turnpike|"
    rf"terrace|expressway)\b|{_NUMBER}(?:[nsew]\.?\s+)?broadway\b",
    re.IGNORECASE,
)
_MONTHS = r"(?!(?:January|February|March|April|May|June|July|August|September|October|November|December)\b)"
#: "3 Garden St", "12 Harbor Way", "7 Park Place": words that mean other things too, so that the letters' case counts.
_NAMED = re.compile(
    rf"{_NUMBER}(?:{_MONTHS}(?:[A-Z][\w'.]*|\d{{1,3}}(?:st|nd|rd|th))\s+){{1,4}}?"
    r"(?:St|Ave|Av|Rd|Dr|Drive|Ln|Lane|Ct|Court|Pl|Place|Ter|Way|Cir|Circle|Sq|Square|Trl|Trail|Plaza|Walk|Row|Loop)\b\.?"
)
#: "corner of Pine and 5th", "near 34th Street".
_CORNER = re.compile(
    r"\bcorner of\b|\b(?:at|on|near)\s+(?:[nsew]\.?\s+|(?:north|south|east|west)\s+)?\d{1,3}(?:st|nd|rd|th)\s+"
    r"(?:street|st|avenue|ave)\b",
    re.IGNORECASE,
)
#: "Apt 4B", "Brooklyn, NY 11201": what only stands in an address.
_PART_OF_ONE = re.compile(
    r"\b(?:[Aa]pt|[Aa]partment|APT)\.?\s*#?\s*\d+[A-Za-z]?\b|\b[A-Z][a-z]+,?\s+[A-Z]{2}\s+\d{5}(?:-\d{4})?\b"
)
_BOX = re.compile(r"\bp\.?\s*o\.?\s*box\s+\d+\b[^.;\n]*", re.IGNORECASE)
_LEAST_OF_A_NAME = 5  # letters; a shorter name would be found in every second note


class Seen(StrEnum):
    """What the words look like."""

    ADDRESS = "address"
    CONFIDENTIAL = "confidential"


def seen(words: str | None, confidential: Iterable[str | None] = ()) -> Seen | None:
    """Return what a text tells: a confidential place, by its name or address, or what looks like an address; else None."""
    if not words:
        return None
    folded = f" {fold(words)} "
    for place in confidential:
        known = fold(place)
        if len(known) >= _LEAST_OF_A_NAME and f" {known} " in folded:
            return Seen.CONFIDENTIAL
    rest = _BOX.sub(" ", words)
    return Seen.ADDRESS if any(form.search(rest) for form in (_PLAIN, _NAMED, _CORNER, _PART_OF_ONE)) else None


def warning(what: Seen) -> str:
    """Return what to say to whoever typed it; nothing of the words themselves."""
    found = (
        "what looks like a street address" if what is Seen.ADDRESS else "the name or address of a confidential place"
    )
    return (
        f"These words hold {found}. Where somebody lives or shelters must not stand here: many read it, and it is printed. "
        "Take it out. If it is no confidential place, tick that below and save again."
    )

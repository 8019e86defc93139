"""What people type in their own words: without blank ends, and no longer than the next reader reads. The limits' one place.

A form's fields (`forms`) have the same limits. No refusal repeats what was typed: it may be personal.
"""

import re

from models.errors import Invalid

LONGEST_NAME = 200  # characters of a name, a number or an address
LONGEST_LINE = 500  # of a reason, a promise or a few words
LONGEST_NOTE = 4000  # of a note or a summary


#: Signs that no database keeps and no page shows: they come with copied text, or from somebody who tries things.
_UNKEPT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
UNKEPT = "This text holds a sign that cannot be kept, as copied text sometimes does. Type it again, and save."


def line(text: str | None, longest: int = LONGEST_LINE) -> str | None:
    """Return what was typed, None where that is nothing. Raises Invalid where it is longer than `longest` characters or cannot be kept."""
    said = (text or "").strip()
    if _UNKEPT.search(said):
        raise Invalid(UNKEPT)
    if len(said) > longest:
        elsewhere = " and write the rest as a note" if longest < LONGEST_NOTE else " or write it in two parts"
        raise Invalid(f"This text has {len(said):,} characters; at most {longest:,} fit. Shorten it{elsewhere}.")
    return said or None


def needed(text: str | None, why: str, longest: int = LONGEST_LINE) -> str:
    """Return what was typed; Invalid, saying `why` it is needed, where that is nothing, and where it is too long."""
    said = line(text, longest)
    if said is None:
        raise Invalid(why)
    return said

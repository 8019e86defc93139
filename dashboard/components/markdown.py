"""Text for the widgets that read markdown: labels of buttons, radios, checkboxes and popovers, and messages.

What is shown through `components.html` needs none of this. A select box shows its options as they are: nor does it.
"""

import re

_MARKS = re.compile(r"([!-/:-@\[-`{-~])")
#: Where the browser's markdown makes a link of plain text, however it is escaped: an address of a page or a mailbox.
_ADDRESS = re.compile(r"(?i)(?<=@)(?=\S)|(?<=www)(?=\.)|(?<=:)(?=//)")
_JOINER = "\u2060"  # takes no room, is not read aloud, and parts the address
_BEGINS = re.compile(r"([\\`*_~\[\]<>$#|])")


def plain(text: str) -> str:
    """Return a label in which nothing is markdown: a name may hold any sign."""
    return _MARKS.sub(r"\\\1", _ADDRESS.sub(_JOINER, text))


def in_words(sentence: str) -> str:
    """Return a sentence whose words may be somebody's own, without links, pictures, colours or emphasis."""
    return _BEGINS.sub(r"\\\1", _ADDRESS.sub(_JOINER, sentence))

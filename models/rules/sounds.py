"""How a name sounds, in whatever alphabet it is written: lets a search forgive a slip and cross from one script to another.

A sound is the bare row of a word's consonants, those often taken for one another written alike. It says where to look;
whether two spellings are alike enough is said by `alike`. Chinese and Japanese characters have no sound here: such a
name is found by its own characters.
"""

import unicodedata

from rapidfuzz.distance import OSA

_WRITTEN = {
    "f": "fvwвфѓφבوﻑف",
    "k": "cgjkqxгґкхћќγκξχגכךקجخغقكکگᄀᄁᄏᆨᆩᆿ",
    "l": "lлљλלلᆯ",
    "m": "mмμמםمᄆᆷ",
    "n": "nнњνנןنᄂᆫᆼ",
    "p": "bpбпβπψפףبپᄇᄈᄑᆸᇁ",
    "r": "rрρרرᄅ",
    "s": "szжзсцчшщџζσςזסצץשزژسشصچᄉᄊᄌᄍᄎᆺᆻᆽᆾ",
    "t": "dtдтђδτθדטתتثدذطضظᄃᄄᄐᆮᇀ",
}
_HEARD = {letter: heard for heard, letters in _WRITTEN.items() for letter in letters}
_TOGETHER = (("sch", "s"), ("ph", "f"), ("sh", "s"), ("ch", "s"), ("zh", "s"), ("ce", "se"), ("ci", "si"), ("ck", "k"))


def sound(word: str) -> str:
    """Return the sound of a folded word: "ktrn" of "katherine" and of "катерина"; empty where it has no consonant."""
    for letters, as_if in _TOGETHER:
        word = word.replace(letters, as_if)
    heard = "".join(_HEARD.get(char, "") for char in unicodedata.normalize("NFD", word))
    return "".join(char for i, char in enumerate(heard) if char != heard[i - 1 : i])


def sounds_near(of: str) -> tuple[str, ...]:
    """Return a sound and all that are one consonant from it: one left out, one put in, or another in its place."""
    near = {of, *(of[:i] + of[i + 1 :] for i in range(len(of)))}
    near |= {of[:i] + one + of[i:] for i in range(len(of) + 1) for one in _WRITTEN}
    near |= {of[:i] + one + of[i + 1 :] for i in range(len(of)) for one in _WRITTEN}
    return tuple(sorted(near - {""}))


def alike(typed: str, word: str) -> bool:
    """Tell whether a typed word may mean a name's: one slip in a short word, two in a longer; in another script, its sound."""
    if _script(typed) != _script(word):
        return len(sound(word)) > 1 and sound(typed) == sound(word)
    return bool(OSA.distance(typed, word, score_cutoff=2) <= (1 if len(typed) < 6 else 2))


def _script(word: str) -> str:
    """Return the script of a word by its first letter: LATIN, CYRILLIC, HANGUL."""
    return unicodedata.name(word[:1] or " ", "").partition(" ")[0]

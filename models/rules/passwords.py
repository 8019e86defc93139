"""Which passwords are refused: by length and by how soon they would be guessed, never by which signs are in them.

NIST SP 800-63B-4, 3.1.1.2: at least 15 characters where a password may stand alone, a list of common and expected
ones, and no rules of composition. The list and the guessing are zxcvbn's; nobody outside is asked.
"""

from collections.abc import Collection

SHORTEST = 15  # characters
LONGEST = 200
BESIDE_NAMES = 8  # characters that are left when the username and other names are taken out of it
ENOUGH = 3  # of zxcvbn's 0 to 4: "safely unguessable", at least 10^8 guesses
_LOOKED_AT = 72  # characters; guessing grows with the square of the length
_PRODUCT = ("offramp", "court", "docket")


def weakness(password: str, *, username: str, words: Collection[str] = ()) -> str | None:
    """Return in a sentence why a password is refused, None when it may be used; `words` are what others would try.

    The sentence never repeats the password.
    """
    if len(password) < SHORTEST:
        return f"A password has at least {SHORTEST} characters. A few words in a row are easy to remember."
    if len(password) > LONGEST:
        return f"A password has at most {LONGEST} characters."
    names = _names((username, *words))
    if len(_without(password, names)) < BESIDE_NAMES:
        return "Choose a password that is not made of the username, your own name and the court's."
    if _soon_guessed(password, names):
        return (
            "This password would soon be guessed: it is a common one, a pattern or a repetition. "
            "Choose a few words in a row that have nothing to do with each other."
        )
    return None


def _names(words: Collection[str]) -> list[str]:
    """Return what others would try first, the longest first: each name, and each word of it."""
    every = {part.casefold() for word in (*words, *_PRODUCT) for part in (word, *word.split()) if len(part) > 2}
    return sorted(every, key=len, reverse=True)


def _without(password: str, names: Collection[str]) -> str:
    """Return the letters and digits of a password that are not in a name."""
    left = password.casefold()
    for name in names:
        left = left.replace(name, " ")
    return "".join(sign for sign in left if sign.isalnum())


def _soon_guessed(password: str, names: Collection[str]) -> bool:
    # Its lists take a fifth of a second to load: not at every start.
    from zxcvbn import zxcvbn  # type: ignore[import-untyped]  # the package ships no types

    return int(zxcvbn(password[:_LOOKED_AT], user_inputs=list(names))["score"]) < ENOUGH

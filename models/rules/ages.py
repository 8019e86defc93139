"""How old somebody was on a day, and whether that was under 18: from a date of birth, or from an age she reported.

Civil dates and whole years. Where the facts do not decide, the answer is None, never a guess. Whoever was born on
29 February is a year older on 1 March of other years.
"""

from datetime import date

ADULT = 18


def age_on(born_on: date, on: date) -> int:
    """Return the completed years of somebody born on the civil date `born_on`."""
    return on.year - born_on.year - ((on.month, on.day) < (born_on.month, born_on.day))


def minor_on(
    on: date | None, *, born_on: date | None, reported_age: int | None = None, reported_on: date | None = None
) -> bool | None:
    """Tell whether somebody was under 18 on the civil date `on`; None when it cannot be known.

    Who reports to be under 18 on `reported_on` was so on every earlier day; without `on` only that can be told.
    """
    if born_on is not None:
        return _minor_by_birth(born_on, on, reported_on)
    if reported_age is None or reported_on is None:
        return None
    if on is None:
        return True if reported_age < ADULT else None
    if on >= reported_on:
        return False if reported_age >= ADULT else (None if on > reported_on else True)
    # on the earlier day she was `oldest` years old, or one year younger: as her birthday fell
    oldest = reported_age - age_on(on, reported_on)
    if oldest < ADULT:
        return True
    return False if oldest > ADULT else None


def _minor_by_birth(born_on: date, on: date | None, reported_on: date | None) -> bool | None:
    if on is not None:
        return age_on(born_on, on) < ADULT
    return True if reported_on is not None and age_on(born_on, reported_on) < ADULT else None

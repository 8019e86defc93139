"""The notice that goes with everything from a substance use program that leaves the court: 42 CFR 2.32.

Dated TOML files beside this one. A changed text is a new file with a later `in_force_from`; the older ones stay readable.
The regulation gives two statements: either may accompany a disclosure, together with a clear explanation of the scope of
the consent (2.32(b)).
"""

from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from models.errors import PolicyError
from models.policies.reading import Table, in_file, parsed

#: What explains the scope of the consents on a list of many people.
SCOPE_OF_LISTS = (
    "What substance use programs told stands here only under a participant's written release that names the court's team "
    "and its monitoring of the mandate; the case file has each release, what it covers and until when."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """The two statements of 42 CFR 2.32 from a civil date on, with where the text is from and who checked it when."""

    in_force_from: date
    source: str
    verified_on: date | None  # the day somebody compared it with the regulation; None: nobody has yet
    long: str  # statement 1
    short: str  # statement 2


def notice_in_force(on: date) -> Notice:
    """Return the notice in force on a civil date. PolicyError before the first one."""
    begun = [notice for notice in _all() if notice.in_force_from <= on]
    if not begun:
        raise PolicyError("There is no notice of 42 CFR 2.32 for that day.")
    return max(begun, key=lambda notice: notice.in_force_from)


def load(content: str) -> Notice:
    """Return the notice written in TOML. PolicyError names the key and what it should be."""
    table = Table(parsed(content), file="a notice")
    notice = Notice(
        in_force_from=table.day("in_force_from"),
        source=table.text("source"),
        verified_on=table.day("verified_on") if table.has("verified_on") else None,
        long=table.text("long"),
        short=table.text("short"),
    )
    table.finish()
    return notice


@cache
def _all() -> tuple[Notice, ...]:
    found = []
    for file in sorted((f for f in files(__name__).iterdir() if f.name.endswith(".toml")), key=lambda f: f.name):
        content = file.read_text(encoding="utf-8")
        try:
            found.append(load(content))
        except PolicyError as error:
            raise PolicyError(in_file(file.name, content, error)) from error
    return tuple(found)

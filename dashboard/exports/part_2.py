"""What goes with everything from a substance use program that leaves the screen: the notice of 42 CFR 2.32, and the scope.

On a list the short statement, on a case's summary the long one with each release of such a provider.
"""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from dashboard import wording
from dashboard.exports.case_summary import Section
from models.queries.case_file import CaseFile
from models.queries.case_releases import ReleaseRow
from models.rules.words import joined
from models.texts.part_2 import SCOPE_OF_LISTS, notice_in_force


def notice_of_list(part_2: Iterable[bool], today: date) -> tuple[str, ...]:
    """Return the notice of a list on which something is from such a program; nothing for any other list."""
    return (notice_in_force(today).short, SCOPE_OF_LISTS) if any(part_2) else ()


def on_every_page(file: CaseFile) -> tuple[str, ...]:
    """Return what stands at the foot of every page of such a case's summary."""
    return (notice_in_force(file.today).short,) if _programs(file) else ()


def section_of(file: CaseFile) -> tuple[Section, ...]:
    """Return the section of a case's summary that has the notice and the scope of each release; none where none is due."""
    programs = _programs(file)
    if not programs:
        return ()
    under = [one for one in file.releases if one.holds and one.provider_id in programs]
    scopes = tuple(_scope(one) for one in under) or (
        "No release to such a program is active; nothing it told is here.",
    )
    notice = notice_in_force(file.today)
    heading = "Records of a substance use program (42 CFR Part 2)"
    return (Section(heading=heading, paragraphs=(notice.long, *scopes)),)


def _programs(file: CaseFile) -> set[UUID]:
    """Return the substance use programs that the summary names."""
    referred = {one.provider_id for one in file.referrals if one.part_2 and one.provider_id}
    return referred | {one.provider_id for one in file.releases if one.substance_use}


def _scope(one: ReleaseRow) -> str:
    what = joined(sorted(wording.text(each) for each in one.information))
    whom = joined(sorted(wording.text(each) for each in one.recipients))
    until = wording.day_year(one.ends_on)
    return f"Scope of the consent to {one.provider}: {what}; with {whom}; for {wording.text(one.use)}; until {until}."

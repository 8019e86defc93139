"""Releases of a case: what the participant answered, whether each holds, and what may be read under them.

For `case_services`, which reads them, and `case_file`, which authorises.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlmodel import col

from models.facts.statements import Statement
from models.queries.case_entries import Entry, Line, Source, Topic, What, all_columns, sentences
from models.rules import words
from models.rules.releases import Terms, Wanted, disclosure, holds
from models.rules.vocabulary import (
    Recipient,
    ReleaseAnswer,
    ReleaseInformation,
    ReleaseKind,
    ReleasePurpose,
    ReleaseUntil,
    RevokedHow,
)
from models.tables import Provider, Release
from models.tables.base import table_of


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseRow:
    """One answer to a request to share information; `holds` tells whether it allows that today."""

    release_id: UUID
    provider_id: UUID
    provider: str
    kind: ReleaseKind
    answer: ReleaseAnswer
    what: str
    purpose: str
    information: frozenset[ReleaseInformation]
    recipients: frozenset[Recipient]
    use: ReleasePurpose
    starts_on: date
    ends_on: date
    until: ReleaseUntil
    event_on: date | None
    binding: bool
    revoked_on: date | None
    revoked_how: RevokedHow | None
    substance_use: bool  # the provider's records are under 42 CFR Part 2
    holds: bool


RELEASES: Statement = (
    all_columns(Release, col(Provider.name).label("provider"), table_of(Provider).c.substance_use)
    .join(Provider, col(Provider.id) == col(Release.provider_id))
    .order_by(col(Release.starts_on).desc(), col(Release.id).desc())
)


def may_be_read(
    releases: Iterable[Line], recipient: Recipient, today: date, provider_id: UUID, information: ReleaseInformation
) -> bool:
    """Tell whether one of a case's releases lets a provider's information be read by the recipient `today`."""
    terms = (Terms(release_id=row["id"], **{name: row[name] for name in _TERMS}) for row in releases)
    wanted = Wanted(provider_id=provider_id, information=information, recipient=recipient)
    return disclosure(terms, wanted, today).allowed


_TERMS = tuple(name for name in Terms.__dataclass_fields__ if name != "release_id")


def release_rows(releases: Iterable[Line], today: date) -> tuple[ReleaseRow, ...]:
    """Return the releases, the newest first, and whether each holds today."""
    return tuple(
        ReleaseRow(
            release_id=row["id"],
            **{name: row[name] for name in ReleaseRow.__dataclass_fields__ if name in row},
            holds=holds(row["answer"], row["starts_on"], row["ends_on"], row["revoked_on"], today),
        )
        for row in releases
    )


def release_entries(source: Source, releases: Iterable[Line]) -> Iterator[Entry]:
    """Yield the history of releases: each answer, and each that was revoked."""
    for row in releases:
        yield from _release(source, row)


def _release(source: Source, row: Line) -> Iterator[Entry]:
    said: dict[str, Any] = {
        "topic": Topic.SERVICES,
        "what": What.RELEASE,
        "subject": row["kind"],
        "about": row["provider"],
    }
    given = row["answer"] is ReleaseAnswer.GIVEN
    until = f"Until {words.day(row['ends_on'], row['starts_on'])}" if given else None
    if row["until"] is not ReleaseUntil.DATE and until:
        until = f"{until}, or the {row['until']} before that"
    told = sentences(f"{row['what']}, for {row['purpose']}", until)
    yield Entry(on=row["starts_on"], state=row["answer"], words=told, **said, **source.recorded(row))
    if row["revoked_on"]:
        yield Entry(on=row["revoked_on"], words="Revoked by the participant, which is neutral.", **said)

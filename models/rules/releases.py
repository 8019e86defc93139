"""Whether what a provider told may be disclosed: to whom, for what, on which day, and under which release.

Declining, revoking or letting a release end is neutral: it says nothing about the participant, and no rule counts it.

Content is what the provider told: its words in a report, each service session with what became of it, and every number
or standing made of them. That a report is expected, has come or is late is the court's own procedure and needs no
release; so are the court's own acts: outcomes, responses and what a judge said when giving them.
Sources: 42 CFR 2.31, 2.33 and 2.35; 28 CFR 94.115; 34 USC 12291(b)(2).
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from models.rules import words
from models.rules.vocabulary import (
    Behaviour,
    Recipient,
    ReleaseAnswer,
    ReleaseInformation,
    ReleaseKind,
    ReleasePurpose,
    ReleaseUntil,
    Role,
    Stage,
)

#: What stands in place of content that may not be shown.
NOT_AVAILABLE = "not available: no release is active. That is neutral."

#: The stages with which the event of a release has come.
EVENTS = {
    ReleaseUntil.DATE: frozenset[Stage](),
    ReleaseUntil.MANDATE: frozenset(
        {Stage.COMPLETED, Stage.DISMISSED, Stage.TERMINATED, Stage.TRANSFERRED, Stage.SEALED}
    ),
    ReleaseUntil.DISPOSITION: frozenset({Stage.DISMISSED, Stage.TERMINATED, Stage.TRANSFERRED, Stage.SEALED}),
}

#: What the court answered that a provider told it.
_TOLD = frozenset({Behaviour.ATTENDED_ALL, Behaviour.MILESTONE, Behaviour.ABSENCE})

_OUTSIDE = {Role.PROSECUTOR: Recipient.PROSECUTOR, Role.DEFENSE: Recipient.DEFENSE}


@dataclass(frozen=True, kw_only=True)
class Terms:
    """One answer of a participant: what a provider may share with whom, for what, from when until when (civil dates)."""

    provider_id: UUID
    answer: ReleaseAnswer
    starts_on: date
    ends_on: date
    revoked_on: date | None = None
    information: Collection[ReleaseInformation] = frozenset(ReleaseInformation)
    recipients: Collection[Recipient] = frozenset({Recipient.COURT})
    use: ReleasePurpose = ReleasePurpose.MONITORING
    release_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What somebody wants to disclose: which provider's information, to whom, for what."""

    provider_id: UUID
    information: ReleaseInformation = ReleaseInformation.ATTENDANCE
    recipient: Recipient = Recipient.COURT
    use: ReleasePurpose = ReleasePurpose.MONITORING


@dataclass(frozen=True, kw_only=True)
class Disclosure:
    """Whether it may be disclosed on `information_on`, under which release, and why in words."""

    allowed: bool
    under: UUID | None
    reason: str
    inputs: Wanted
    information_on: date
    releases: tuple[Terms, ...] = field(default=(), repr=False)


def holds(answer: ReleaseAnswer, starts_on: date, ends_on: date, revoked_on: date | None, on: date) -> bool:
    """Tell whether a release allows information to be shared on the civil date `on`, its last day included.

    From the day it is revoked it no longer holds.
    """
    if answer is not ReleaseAnswer.GIVEN:
        return False
    return starts_on <= on <= ends_on and (revoked_on is None or revoked_on > on)


def disclosure(releases: Iterable[Terms], wanted: Wanted, on: date) -> Disclosure:
    """Return whether what is `wanted` may be disclosed on the civil date `on`; of several releases the longest counts."""
    asked = tuple(one for one in releases if one.provider_id == wanted.provider_id)
    holding = [one for one in asked if holds(one.answer, one.starts_on, one.ends_on, one.revoked_on, on)]
    matching = [one for one in holding if _matches(one, wanted)]
    if matching:
        found = max(matching, key=lambda one: one.ends_on)
        reason = f"A release allows it until {words.day(found.ends_on, on)}."
    else:
        found, reason = None, f"{_why_not(asked, holding, on)} That is neutral."
    return Disclosure(
        allowed=found is not None,
        under=found.release_id if found else None,
        reason=reason,
        inputs=wanted,
        information_on=on,
        releases=asked,
    )


def disclosure_at(releases: Iterable[Terms], wanted: Wanted, at: datetime, zone: ZoneInfo) -> Disclosure:
    """Return the same at an instant (UTC): a day begins and ends at midnight in the court's `zone`."""
    return disclosure(releases, wanted, at.astimezone(zone).date())


def ends_at(ends_on: date, zone: ZoneInfo) -> datetime:
    """Return the first instant (in the court's `zone`) at which a release no longer holds: midnight after its last day."""
    after = ends_on + timedelta(days=1)
    return datetime(after.year, after.month, after.day, tzinfo=zone)


def recipient_of(roles: Collection[Role]) -> Recipient:
    """Return as whom a person reads: the court, unless every role of theirs is one of another side."""
    sides = {_OUTSIDE.get(role, Recipient.COURT) for role in roles}
    return min(sides, key=list(Recipient).index) if sides else Recipient.COURT


def answered(behaviour: Behaviour, because: str, *, withheld: bool) -> str:
    """Return why the court responded, as it may be read; the response itself is the court's own act and stays."""
    return f"What it answers is {NOT_AVAILABLE}" if withheld and behaviour in _TOLD else because


def missing(on: date) -> str:
    """Return what to say where information came on `on` and no release for its provider held that day."""
    return (
        f"There was no active release for this provider on {words.day(on, on)}, so the report cannot be taken in. "
        "That is neutral. Ask the participant, record the answer under releases, then enter the report."
    )


def not_named(what: str) -> str:
    """Return what to say where a report has something in it that the release does not name."""
    return (
        f"The participant's release does not let this provider share {what} with the court. That is neutral. "
        "Leave it out, or ask the participant and record the answer under releases."
    )


def not_yet_revocable(kind: ReleaseKind, *, binding: bool, event_on: date | None, on: date) -> str | None:
    """Return why a release cannot be taken back on the civil date `on`; None where it can be, as every other one can.

    A release to the criminal justice system may bind until the final disposition, and no longer: 42 CFR 2.35.
    """
    if kind is not ReleaseKind.CRIMINAL_JUSTICE or not binding or (event_on is not None and event_on <= on):
        return None
    return (
        "This is a release to the criminal justice system. It was given until the final disposition of the case, and "
        "it cannot be taken back before that (42 CFR 2.35). It ends by itself with the disposition."
    )


def _matches(one: Terms, wanted: Wanted) -> bool:
    return wanted.information in one.information and wanted.recipient in one.recipients and one.use is wanted.use


def _why_not(asked: tuple[Terms, ...], holding: list[Terms], on: date) -> str:
    if holding:
        return "The active release does not name this information, this recipient or this purpose."
    begun = [one for one in asked if one.answer is ReleaseAnswer.GIVEN and one.starts_on <= on]
    if begun:
        revoked = [one.revoked_on for one in begun if one.revoked_on and one.revoked_on <= on]
        last = max(one.ends_on for one in begun)
        if revoked and max(revoked) <= last:
            return f"The release was revoked on {words.day(max(revoked), on)}."
        return f"The release ended on {words.day(last, on)}."
    if any(one.answer is ReleaseAnswer.GIVEN for one in asked):
        return "The release has not begun."
    return "A release was declined." if asked else "Nobody has asked for a release."

"""Forms for releases: what the participant answered, and a release that was taken back. Every answer is neutral."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import partial
from typing import Any

import streamlit as st
from sqlmodel import Session

from dashboard import wording
from dashboard.components.case.forms import Act, day_input, nothing_to_do, save
from dashboard.components.case.heading import capital
from dashboard.components.heading import show_note
from models.commands.releases import Shares, decline_release, give_release, revoke_release
from models.commands.typed import LONGEST_LINE
from models.queries.case_file import CaseFile
from models.queries.case_releases import ReleaseRow
from models.queries.services import ServiceRow
from models.rules.releases import not_yet_revocable
from models.rules.vocabulary import (
    Recipient,
    ReleaseInformation,
    ReleaseKind,
    ReleasePurpose,
    ReleaseUntil,
    RevokedHow,
)
from models.scope import Actor

_DAYS = 180
_USES, _HOW = list(ReleasePurpose), list(RevokedHow)


def release_form(file: CaseFile, services: Sequence[ServiceRow]) -> Act | None:
    """Ask for the participant's answer to one request; its act is `give_release` or `decline_release`."""
    providers = {one.provider_id: one.provider for one in services}
    mine = {one.provider_id: one.provider or "" for one in file.referrals if one.provider_id}
    offered = {**mine, **{key: name for key, name in providers.items() if key not in mine}}
    if not offered:
        nothing_to_do("There is no provider yet. Add one on the Providers screen first.")
        return None
    given = st.radio("The participant", [True, False], format_func=_answer, horizontal=True, key="release-given")
    kind = st.selectbox("Kind", list(ReleaseKind)[::-1], format_func=_words, key="release-kind")
    with st.form("release", border=False):
        provider_id = st.selectbox(
            "Who may share: the provider", list(offered), format_func=offered.__getitem__, key="release-provider"
        )
        shares = _shares(kind, given=given)
        what = _in_their_words("The information", "sessions attended and missed, progress", "release-what")
        purpose = _in_their_words("The purpose", "compliance reports to the court", "release-purpose")
        starts_on, ends_on = _days(file.today, given=given)
        show_note("It holds until midnight of its last day in the court's time. Declining is neutral.")
        if not save():
            return None

    def run(session: Session, who: Actor, now: datetime) -> object:
        if given:
            give = partial(give_release, starts_on=starts_on, ends_on=ends_on)
        else:
            give = partial(decline_release, on=starts_on)
        said: dict[str, Any] = {"kind": kind, "what": what, "purpose": purpose, "shares": shares}
        return give(session, who, file.heading.case_id, provider_id, now=now, **said)

    return Act(run, "The release is recorded." if given else "The answer is recorded. It is neutral.")


def _in_their_words(label: str, value: str, key: str) -> str:
    return st.text_input(f"{label}, in the words of the form", value, key=key, max_chars=LONGEST_LINE)


def _days(today: date, *, given: bool) -> tuple[date, date]:
    """Ask for the first and the last day of a release, or for the day of an answer."""
    left, right = st.columns(2)
    with left:
        starts_on = day_input("From" if given else "Asked on", today, today, key="release-from")
    if not given:
        return starts_on, starts_on
    with right:
        last = today + timedelta(days=_DAYS)
        return starts_on, day_input("Last day, at the latest", last, today, key="release-to", future=True)


def _shares(kind: ReleaseKind, *, given: bool) -> Shares:
    """Ask what is shared with whom, for what, and what ends it."""
    information = st.multiselect(
        "What may be shared",
        list(ReleaseInformation),
        list(ReleaseInformation),
        format_func=_words,
        key="release-information",
    )
    recipients = st.multiselect(
        "With whom", list(Recipient), [Recipient.COURT], format_func=_words, key="release-recipients"
    )
    left, right = st.columns(2)
    use = left.selectbox("For what", _USES, format_func=_words, key="release-use")
    ends = list(ReleaseUntil) if given else [ReleaseUntil.DATE]
    until = right.selectbox("Until", ends, format_func=_words, key=f"release-until-{given}")
    if kind is ReleaseKind.CRIMINAL_JUSTICE and given:
        show_note("Until the final disposition, such a release cannot be taken back before it (42 CFR 2.35).")
    return Shares(
        information=frozenset(information),
        recipients=frozenset(recipients),
        use=use,
        until=until,
    )


def revoke_form(file: CaseFile) -> Act | None:
    """Ask which release the participant has taken back, how and from when; its act is `revoke_release`."""
    held = [one for one in file.releases if one.holds]
    bound = [one for one in held if _bound(one, file)]
    by_id = {one.release_id: one for one in held if one not in bound}
    if bound and (why := _bound(bound[0], file)):
        show_note(f"{' and '.join(dict.fromkeys(one.provider for one in bound))}: {why}")
    if not by_id:
        nothing_to_do("No release holds today that could be taken back.")
        return None
    with st.form("revoke", border=False):
        release_id = st.selectbox(
            "Release", list(by_id), format_func=lambda one: f"{by_id[one].provider}: {by_id[one].what}", key="revoke"
        )
        on = day_input("No longer holds from", file.today, file.today, key="revoke-day")
        how = st.selectbox("How it was told", _HOW, format_func=_words, key="revoke-how")
        if not save():
            return None

    def run(session: Session, who: Actor, now: datetime) -> object:
        return revoke_release(session, who, release_id, on=on, now=now, how=how)

    return Act(run, "The release is revoked. That is neutral.")


def _bound(one: ReleaseRow, file: CaseFile) -> str | None:
    return not_yet_revocable(one.kind, binding=one.binding, event_on=one.event_on, on=file.today)


def _words(member: StrEnum) -> str:
    return capital(wording.text(member))


def _answer(given: bool) -> str:
    return "gave the release" if given else "declined, which is neutral"

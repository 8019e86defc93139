"""Who may see a case that is restricted, and the forms to restrict it, to name and release staff, and to lift it."""

from datetime import datetime
from zoneinfo import ZoneInfo

import streamlit as st
from sqlmodel import Session

from dashboard import store, wording
from dashboard.components.case.forms import Act, save
from dashboard.components.heading import show_note
from dashboard.components.html import show, table
from models.commands.restrictions import lift, name_staff, release_staff, restrict
from models.commands.typed import LONGEST_LINE
from models.queries.case_file import CaseFile
from models.queries.restrictions import RestrictionRow, StaffRow, nameable_staff
from models.scope import Actor


def show_restriction(found: RestrictionRow | None, zone: ZoneInfo) -> None:
    """Show why she is restricted, who may see her, and who opened her case in an emergency."""
    if found is None:
        show_note("Everybody whose role reads cases sees this one.")
        return
    since = wording.instant_words(found.since, zone)
    show_note(f"Restricted since {since} by {found.restricted_by}: {found.reason}")
    show(table("Who may see this case", ["Named staff"], [[one.name] for one in found.staff]))
    if found.openings:
        rows = [
            [one.by, wording.instant_words(one.opened_at, zone), f"{wording.text(one.why)}: {one.reason}"]
            for one in found.openings
        ]
        show(table("Opened in an emergency", ["By", "When", "Why"], rows, caption_shown=True))


def restrict_form(who: Actor, file: CaseFile) -> Act | None:
    """Ask why, and who else may see her; its act is `restrict`."""
    case_id = file.heading.case_id
    others = {one.user_id: one.name for one in _nameable(who) if one.user_id != who.user_id}
    with st.form("restrict", border=False):
        show_note(
            "For everybody who is not named, every case of hers is not there. The scheduler keeps working on them."
        )
        reason = st.text_input("Why", key="restrict-why", max_chars=LONGEST_LINE)
        named = st.multiselect(
            "Who may see her, beside you", list(others), format_func=others.__getitem__, key="restrict-who"
        )
        if not save("Restrict"):
            return None

    def run(session: Session, actor: Actor, now: datetime) -> object:
        return restrict(session, actor, case_id, reason, named, now=now)

    return Act(run, "Restricted. Only the named staff see her now.")


def staff_form(who: Actor, file: CaseFile, found: RestrictionRow) -> Act | None:
    """Ask whom to name or to release; its act is `name_staff` or `release_staff`."""
    case_id, named = file.heading.case_id, {one.user_id: one.name for one in found.staff}
    everybody = {one.user_id: one.name for one in _nameable(who)} | named
    with st.form("staff", border=False):
        chosen = st.selectbox(
            "Account",
            list(everybody),
            format_func=lambda one: f"{everybody[one]} · {'named' if one in named else 'not named'}",
            key="staff-who",
        )
        show_note("Somebody who is named is released, somebody who is not is named.")
        if not save("Name or release"):
            return None
    act = release_staff if chosen in named else name_staff

    def run(session: Session, actor: Actor, now: datetime) -> object:
        return act(session, actor, case_id, chosen, now=now)

    return Act(run, "Released." if chosen in named else "Named.")


def lift_form(file: CaseFile) -> Act | None:
    """Ask why the restriction ends; its act is `lift`."""
    case_id = file.heading.case_id
    with st.form("lift", border=False):
        reason = st.text_input("Why it is lifted", key="lift-why", max_chars=LONGEST_LINE)
        if not save("Lift the restriction"):
            return None

    def run(session: Session, actor: Actor, now: datetime) -> None:
        lift(session, actor, case_id, reason, now=now)

    return Act(run, "Lifted. Everybody who reads cases sees her again.")


def _nameable(who: Actor) -> tuple[StaffRow, ...]:
    with store.reading() as session:
        return nameable_staff(session, who)

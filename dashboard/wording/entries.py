"""Words for one entry of a case's history: what it is, in a few words, and its state. On the screen and on paper."""

from dashboard.wording import Word, text, word
from dashboard.wording.shapes import quiet
from models.queries.case_entries import Entry, Topic, What

#: The filter's words, in the order in which they stand.
TOPICS = {
    Topic.COURT: "Court",
    Topic.SESSIONS: "Sessions",
    Topic.REPORTS: "Reports",
    Topic.RESPONSES: "Responses",
    Topic.SERVICES: "Services",
    Topic.NOTES: "Notes and contacts",
}

_LEADS = {
    What.APPEARANCE: "Court",
    What.STAGE: "Stage of the case",
    What.MANDATE: "Mandate",
    What.PHASE: "Phase",
    What.ACD: "Adjourned in contemplation of dismissal",
    What.GATE: "Before a measure",
    What.WARRANT: "Warrant",
    What.ARREST: "New arrest, told by",
    What.STANDING: "Standing",
    What.SESSION: "Session",
    What.REPORT: "Report",
    What.RESPONSE: "",
    What.REFERRAL: "Referral",
    What.RELEASE: "Release",
    What.NOTE: "Note",
    What.CONTACT: "Contact",
    What.FOLLOW_UP: "Follow-up",
}


def entry_title(entry: Entry) -> str:
    """Return what an entry is: "Session: counselling, Garden Street Program"."""
    subject = text(entry.subject) if entry.subject else ""
    if entry.what is What.NOTE and subject:
        subject = f"for {subject}"
    said = ", ".join(part for part in (subject, entry.about) if part)
    title = ": ".join(part for part in (_LEADS[entry.what], said) if part)
    return title[:1].upper() + title[1:]


def entry_state(entry: Entry) -> Word | None:
    """Return the state of an entry; of one that was corrected or moved, that it is over."""
    if entry.state is None:
        return None
    look = word(entry.state)
    return quiet(look.text, "×") if entry.over else look

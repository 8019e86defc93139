"""What the rows of the world say: which kind of field a table's texts are, and what the rules must be able to read."""

from datetime import timedelta
from typing import Any

from models.rules.privacy import FieldGroup as G
from models.rules.vocabulary import (
    AppearanceState,
    AttendanceKind,
    Behaviour,
    Outcome,
    Recipient,
    ReferralState,
    ReleaseInformation,
    ReportState,
)
from tests.builders import TODAY

YESTERDAY = TODAY - timedelta(days=20)

#: Which kind of field the texts of a table are; a table that is not named holds what the court did.
GROUPS: dict[str, G] = {
    "safety_flags": G.SAFETY,
    "contact_channels": G.CONTACT,
    "charges": G.CHARGES,
    "referrals": G.TREATMENT,
    "referral_steps": G.TREATMENT,
    "attendances": G.TREATMENT,
    "reports": G.TREATMENT,
    "report_versions": G.TREATMENT,
    "releases": G.TREATMENT,
    "notes": G.NOTES,
    "contacts": G.NOTES,
    "follow_ups": G.NOTES,
}

#: What a table's row must say so that the rules can read it.
SAID: dict[str, dict[str, Any]] = {
    "mandates": {"program": "six-sessions", "policy_version": "demonstration-1", "sessions": 6},
    "appearances": {"state": AppearanceState.SCHEDULED},
    "referrals": {"state": ReferralState.ENROLLED, "mandated": True},
    "reports": {"state": ReportState.RECEIVED, "received_on": TODAY},
    "attendances": {"kind": AttendanceKind.MISSED, "held_on": YESTERDAY},
    "decisions": {"outcome": Outcome.APPEARED, "version": 1},
    "responses": {"behaviour": Behaviour.ABSENCE},
    "contact_channels": {"safe": True},
    "bulk_moves": {"before": [], "reason": "The calendar's, and about no case."},
    "phase_periods": {"position": 0},
    "releases": {
        "ends_on": TODAY + timedelta(days=90),
        "information": list(ReleaseInformation),
        "recipients": list(Recipient),
    },
}

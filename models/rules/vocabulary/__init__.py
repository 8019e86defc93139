"""The court's words, as enumerations.

Every stored state is one of these; the database checks the same lists. Words for the screen live in
`dashboard/wording.py`; here a member's value is what is stored, and never changes once released.
"""

from models.rules.vocabulary.course import BEFORE_MANDATE, CLOSED, IN_PROGRAM, CourseChange, Stage, Standing
from models.rules.vocabulary.court import (
    ON_CALENDAR,
    AppearanceState,
    ArrestSource,
    CapacityBy,
    InterpreterState,
    ListKind,
    MissedAppearance,
    MoveCause,
    Outcome,
    Purpose,
    Rhythm,
    SessionState,
    WarrantState,
)
from models.rules.vocabulary.follow_ups import FollowUpKind, FollowUpState, Move, RunState
from models.rules.vocabulary.people import ChannelKind, FlagKind, NoteVisibility, OpeningReason, Role, SignInStep
from models.rules.vocabulary.records import AgencyKind
from models.rules.vocabulary.reminders import ReminderState, TextLanguage, WhyDropped
from models.rules.vocabulary.responses import (
    Behaviour,
    Gate,
    Magnitude,
    Measure,
    ResponseKind,
    ResponseModel,
    ResponseState,
)
from models.rules.vocabulary.services import (
    REFERRAL_OPEN,
    AttendanceKind,
    ReferralState,
    ReleaseAnswer,
    ReleaseKind,
    ReportStanding,
    ReportState,
    ServiceKind,
)

__all__ = [
    "BEFORE_MANDATE",
    "CLOSED",
    "IN_PROGRAM",
    "ON_CALENDAR",
    "REFERRAL_OPEN",
    "AgencyKind",
    "AppearanceState",
    "ArrestSource",
    "AttendanceKind",
    "Behaviour",
    "CapacityBy",
    "ChannelKind",
    "CourseChange",
    "FlagKind",
    "FollowUpKind",
    "FollowUpState",
    "Gate",
    "InterpreterState",
    "ListKind",
    "Magnitude",
    "Measure",
    "MissedAppearance",
    "Move",
    "MoveCause",
    "NoteVisibility",
    "OpeningReason",
    "Outcome",
    "Purpose",
    "ReferralState",
    "ReleaseAnswer",
    "ReleaseKind",
    "ReminderState",
    "ReportStanding",
    "ReportState",
    "ResponseKind",
    "ResponseModel",
    "ResponseState",
    "Rhythm",
    "Role",
    "RunState",
    "ServiceKind",
    "SessionState",
    "SignInStep",
    "Stage",
    "Standing",
    "TextLanguage",
    "WarrantState",
    "WhyDropped",
]

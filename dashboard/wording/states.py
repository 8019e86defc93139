"""Words for states: where a case, an appearance, a report or a follow-up stands."""

from collections.abc import Mapping
from enum import StrEnum

from dashboard.wording.shapes import Word, accent, bad, good, quiet, warn
from models.rules import vocabulary as v

STATES: Mapping[type[StrEnum], Mapping[StrEnum, Word]] = {
    v.Stage: {
        v.Stage.IDENTIFIED: quiet("identified"),
        v.Stage.SCREENED: quiet("screened"),
        v.Stage.OFFERED: quiet("program offered"),
        v.Stage.ACTIVE: good("in the program"),
        v.Stage.COMPLETED: good("mandate completed", "✓"),
        v.Stage.ACD: accent("adjourned in contemplation of dismissal"),
        v.Stage.DISMISSED: good("dismissed", "✓"),
        v.Stage.SEALED: quiet("sealed"),
        v.Stage.DECLINED: quiet("declined the program"),
        v.Stage.ABSCONDED: bad("absconded"),
        v.Stage.TRANSFERRED: quiet("transferred"),
        v.Stage.TERMINATED: quiet("program ended early"),
    },
    v.AppearanceState: {
        v.AppearanceState.PROPOSED: accent("proposed"),
        v.AppearanceState.SCHEDULED: quiet("on the calendar"),
        v.AppearanceState.HELD: good("outcome recorded", "✓"),
        v.AppearanceState.MOVED: quiet("moved", "→"),
        v.AppearanceState.REMOVED: quiet("removed", "×"),
    },
    v.Outcome: {
        v.Outcome.APPEARED: good("appeared"),
        v.Outcome.EXCUSED: accent("excused"),
        v.Outcome.DID_NOT_APPEAR: bad("did not appear"),
        v.Outcome.ADJOURNED: quiet("adjourned by the court"),
    },
    v.MissedAppearance: {
        v.MissedAppearance.EXCUSE: accent("excuse"),
        v.MissedAppearance.ADVANCE_WITH_COUNSEL: accent("advance with counsel"),
        v.MissedAppearance.WARRANT_STAYED: warn("warrant ordered and stayed"),
        v.MissedAppearance.WARRANT_ISSUED: bad("warrant issued"),
    },
    v.Gate: {
        v.Gate.NOTICE: quiet("notice given"),
        v.Gate.COUNSEL: quiet("counsel was there"),
        v.Gate.HEARING: quiet("the participant could be heard"),
        v.Gate.FINDING: quiet("the judge made the finding"),
    },
    v.Measure: {
        v.Measure.LIBERTY: quiet("taking liberty"),
        v.Measure.TERMINATION: quiet("ending the program"),
    },
    v.InterpreterState: {
        v.InterpreterState.NOT_NEEDED: quiet("no interpreter needed"),
        v.InterpreterState.NEEDED: warn("interpreter not booked"),
        v.InterpreterState.BOOKED: good("interpreter booked"),
    },
    v.SessionState: {v.SessionState.OPEN: good("open"), v.SessionState.CLOSED: quiet("closed", "×")},
    v.AttendanceKind: {
        v.AttendanceKind.ATTENDED: good("attended"),
        v.AttendanceKind.EXCUSED: accent("acceptable absence"),
        v.AttendanceKind.MISSED: bad("unacceptable absence"),
        v.AttendanceKind.CANCELLED: quiet("cancelled by the provider"),
        v.AttendanceKind.UNVERIFIED: warn("not yet verified"),
    },
    v.ReportState: {
        v.ReportState.EXPECTED: quiet("expected"),
        v.ReportState.RECEIVED: good("received"),
        v.ReportState.DISPUTED: warn("disputed"),
        v.ReportState.WITHDRAWN: quiet("withdrawn", "×"),
    },
    v.ReportStanding: {
        v.ReportStanding.EXPECTED: quiet("expected"),
        v.ReportStanding.DUE: accent("due today"),
        v.ReportStanding.IN_GRACE: warn("in its days of grace"),
        v.ReportStanding.LATE: warn("late"),
        v.ReportStanding.MISSING: warn("missing"),
        v.ReportStanding.RECEIVED: good("received"),
        v.ReportStanding.RECEIVED_LATE: good("received late"),
        v.ReportStanding.DISPUTED: warn("disputed"),
        v.ReportStanding.WITHDRAWN: quiet("withdrawn", "×"),
        v.ReportStanding.RELEASE_EXPIRED: quiet("release expired"),
    },
    v.Standing: {
        v.Standing.ON_TRACK: good("on track"),
        v.Standing.ATTENTION: warn("needs attention"),
        v.Standing.NOTHING_DONE: bad("several absences, nothing done"),
        v.Standing.ABSCONDED: bad("absconded"),
        v.Standing.READY_TO_ADVANCE: good("ready to advance", "▶"),
        v.Standing.READY_TO_COMPLETE: good("ready to complete", "✓"),
        v.Standing.NOT_ASSESSABLE: quiet("cannot be assessed yet"),
    },
    v.ResponseState: {
        v.ResponseState.ORDERED: accent("ordered"),
        v.ResponseState.DONE: good("done", "✓"),
        v.ResponseState.NOT_DONE: warn("not done"),
        v.ResponseState.WITHDRAWN: quiet("withdrawn", "×"),
    },
    v.ReferralState: {
        v.ReferralState.NEEDED: bad("no place found"),
        v.ReferralState.REFERRED: accent("referred"),
        v.ReferralState.ACCEPTED: good("accepted"),
        v.ReferralState.WAITLISTED: warn("waitlisted"),
        v.ReferralState.DECLINED: quiet("declined"),
        v.ReferralState.ENROLLED: good("enrolled"),
        v.ReferralState.COMPLETED: good("completed", "✓"),
        v.ReferralState.DISCHARGED: quiet("discharged"),
        v.ReferralState.WITHDRAWN: quiet("withdrawn", "×"),
    },
    v.ReleaseAnswer: {
        v.ReleaseAnswer.GIVEN: good("release given"),
        v.ReleaseAnswer.DECLINED: quiet("release declined"),
    },
    v.FollowUpState: {
        v.FollowUpState.EXPECTED: quiet("coming"),
        v.FollowUpState.DUE: accent("due today"),
        v.FollowUpState.IN_GRACE: warn("in its days of grace"),
        v.FollowUpState.LATE: bad("past its day"),
        v.FollowUpState.OPEN: accent("open"),
        v.FollowUpState.HELD: quiet("held", "‖"),
        v.FollowUpState.DONE: good("done", "✓"),
        v.FollowUpState.WAIVED: quiet("waived", "×"),
        v.FollowUpState.VOID: quiet("no longer needed", "×"),
    },
    v.RunState: {
        v.RunState.BEGUN: accent("not finished yet"),
        v.RunState.SUCCEEDED: good("done", "✓"),
        v.RunState.FAILED: bad("failed"),
    },
}

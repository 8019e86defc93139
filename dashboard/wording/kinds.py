"""Words for kinds: what an entry is, who it waits for, and who somebody is in the court."""

from collections.abc import Mapping
from enum import StrEnum

from dashboard.wording.shapes import Word, accent, bad, good, quiet, warn
from models.rules import vocabulary as v

KINDS: Mapping[type[StrEnum], Mapping[StrEnum, Word]] = {
    v.Role: {
        v.Role.JUDGE: quiet("judge"),
        v.Role.CLERK: quiet("court clerk"),
        v.Role.COORDINATOR: quiet("program coordinator"),
        v.Role.ADMINISTRATOR: quiet("administrator"),
    },
    v.Purpose: {
        v.Purpose.INTAKE: quiet("intake"),
        v.Purpose.REVIEW: quiet("review"),
        v.Purpose.COMPLETION: good("completion"),
        v.Purpose.ACD_RESTORED: quiet("ACD restored"),
        v.Purpose.OTHER: quiet("other"),
    },
    v.CourseChange: {
        v.CourseChange.ACCEPT_MANDATE: good("mandate accepted"),
        v.CourseChange.ADVANCE: good("advanced to the next phase"),
        v.CourseChange.COMPLETE: good("mandate completed", "✓"),
        v.CourseChange.GRANT_ACD: accent("ACD granted"),
        v.CourseChange.DECLINE: quiet("program declined"),
    },
    v.ResponseKind: {
        v.ResponseKind.INCENTIVE: good("incentive"),
        v.ResponseKind.SANCTION: bad("sanction"),
        v.ResponseKind.ADJUSTMENT: accent("service adjustment"),
    },
    v.Behaviour: {
        v.Behaviour.ATTENDED_ALL: good("attended all expected"),
        v.Behaviour.MILESTONE: good("reached a milestone"),
        v.Behaviour.ABSENCE: bad("unacceptable absence"),
        v.Behaviour.MISSED_APPEARANCE: bad("missed appearance"),
        v.Behaviour.DISTAL_GOAL: accent("a goal still out of reach"),
        v.Behaviour.OTHER: quiet("other"),
    },
    v.ServiceKind: {
        v.ServiceKind.COUNSELLING: quiet("counselling"),
        v.ServiceKind.ADVOCACY: quiet("advocacy"),
        v.ServiceKind.EMERGENCY_HOUSING: quiet("emergency housing"),
        v.ServiceKind.TRANSITIONAL_HOUSING: quiet("transitional housing"),
        v.ServiceKind.PERMANENT_HOUSING: quiet("permanent housing"),
        v.ServiceKind.MEDICAL: quiet("medical care"),
        v.ServiceKind.MENTAL_HEALTH: quiet("mental health"),
        v.ServiceKind.SUBSTANCE_USE: quiet("substance use services"),
        v.ServiceKind.LEGAL: quiet("legal help"),
        v.ServiceKind.IMMIGRATION: quiet("immigration lawyer"),
        v.ServiceKind.INTERPRETATION: quiet("interpretation"),
        v.ServiceKind.MENTORING: quiet("mentoring"),
        v.ServiceKind.TRANSPORT: quiet("transport"),
        v.ServiceKind.FOOD_AND_CLOTHING: quiet("food and clothing"),
        v.ServiceKind.MONEY: quiet("money advice"),
        v.ServiceKind.FAMILY: quiet("family services"),
        v.ServiceKind.LIFE_SKILLS: quiet("life skills"),
        v.ServiceKind.JOB_TRAINING: quiet("job training"),
        v.ServiceKind.EDUCATION: quiet("education"),
    },
    v.FlagKind: {
        v.FlagKind.INITIALS_ONLY: warn("initials only"),
        v.FlagKind.NO_ADDRESS_ALOUD: warn("do not read address aloud"),
        v.FlagKind.SEPARATE_WAITING: warn("separate waiting area"),
        v.FlagKind.COMPANION_NOT_SAFE: bad("companion may not be safe"),
        v.FlagKind.NO_VOICEMAIL: warn("leave no voicemail"),
        v.FlagKind.SUBSTITUTE_ADDRESS: warn("substitute address"),
    },
    v.ChannelKind: {
        v.ChannelKind.PHONE: quiet("phone"),
        v.ChannelKind.TEXT: quiet("text message"),
        v.ChannelKind.EMAIL: quiet("e-mail"),
        v.ChannelKind.MAIL: quiet("letter"),
        v.ChannelKind.THROUGH_PROVIDER: quiet("through the provider"),
        v.ChannelKind.THROUGH_COUNSEL: quiet("through counsel"),
    },
    v.ReleaseKind: {
        v.ReleaseKind.GENERAL: quiet("general release"),
        v.ReleaseKind.CRIMINAL_JUSTICE: quiet("release to the court"),
    },
    v.FollowUpKind: {
        v.FollowUpKind.NO_NEXT_DATE: bad("no next date"),
        v.FollowUpKind.APPROVE_DATE: accent("date to approve"),
        v.FollowUpKind.NO_OUTCOME: bad("no outcome recorded"),
        v.FollowUpKind.NOTHING_DONE: bad("several absences, nothing done"),
        v.FollowUpKind.REPORT_REMINDER: quiet("report coming due"),
        v.FollowUpKind.REPORT_LATE: warn("report late"),
        v.FollowUpKind.REFERRAL_UNANSWERED: warn("referral unanswered"),
        v.FollowUpKind.NEED_WITHOUT_PLACE: bad("need without a place"),
        v.FollowUpKind.NO_CONTACT: warn("no contact"),
        v.FollowUpKind.RELEASE_EXPIRING: warn("release expiring"),
        v.FollowUpKind.RELEASE_EXPIRED: quiet("release expired"),
        v.FollowUpKind.ACD_EXPIRY: accent("ACD expires"),
        v.FollowUpKind.INTERPRETER: warn("interpreter not booked"),
        v.FollowUpKind.RESPONSE_DUE: accent("response due"),
        v.FollowUpKind.PROMISE: accent("promised by the court"),
        v.FollowUpKind.READY: good("ready"),
        v.FollowUpKind.MANUAL: quiet("reminder"),
    },
    v.Move: {
        v.Move.COURT: quiet("court"),
        v.Move.COORDINATOR: quiet("coordinator"),
        v.Move.CLERK: quiet("clerk"),
        v.Move.PROVIDER: quiet("provider"),
        v.Move.PARTICIPANT: quiet("participant"),
    },
    v.NoteVisibility: {
        v.NoteVisibility.OWN: quiet("only me"),
        v.NoteVisibility.TEAM: quiet("the team"),
    },
    v.ListKind: {
        v.ListKind.PUBLIC: quiet("public list"),
        v.ListKind.BENCH: quiet("bench list"),
        v.ListKind.STAFFING: quiet("staffing list"),
    },
}

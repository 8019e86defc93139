"""Which role may do what, and to cases in which state: one matrix, and nothing is allowed that it does not name.

Every query and command asks here before it touches a row (through `models.scope`, which turns `exists` into SQL). How
much of a case is then told is `privacy`'s. Administrators run accounts, settings and the calendar; they see no case
content.
"""

from collections.abc import Collection, Mapping
from enum import StrEnum
from types import MappingProxyType

from models.rules.vocabulary import Role


class Action(StrEnum):
    """What a person can do or see in a court; the value is what an audit event keeps."""

    SEE_DOCKET = "see_docket"
    SEE_BENCH = "see_bench"
    SEE_CASE = "see_case"
    SEE_FOLLOW_UP = "see_follow_up"
    SEE_MEASURES = "see_measures"  # how the court responds, and the cases behind each number
    SEE_CALENDAR = "see_calendar"
    SEE_PROVIDERS = "see_providers"
    SEE_REMINDERS = "see_reminders"
    SEE_RUNS = "see_runs"
    SEE_STANDINGS = "see_standings"  # counts of the caseload; no case is in them
    SEE_POLICY = "see_policy"
    SEE_EVALUATION = "see_evaluation"  # counts without identity, none of them small
    SEE_AUDIT = "see_audit"
    DECIDE = "decide"  # record what the judge ordered: outcome, responses, next appearance, phase, disposition
    CORRECT_DECISION = "correct_decision"
    MANAGE_DOCKET = "manage_docket"  # add, move, remove, reorder, approve a proposed date, book an interpreter
    PRINT_LISTS = "print_lists"
    EXPORT_LISTS = "export_lists"
    OPEN_CASE = "open_case"
    EDIT_PARTICIPANT = "edit_participant"
    IMPORT_CASES = "import_cases"
    ENTER_ATTENDANCE = "enter_attendance"
    ENTER_REPORT = "enter_report"
    ENTER_CONTACT = "enter_contact"
    ENTER_ARREST = "enter_arrest"  # a fact somebody told the court, with its source
    WRITE_NOTE = "write_note"
    MANAGE_REFERRALS = "manage_referrals"
    MANAGE_RELEASES = "manage_releases"
    MANAGE_RESPONSES = "manage_responses"  # record that an ordered response was done or not done
    MANAGE_FOLLOW_UP = "manage_follow_up"
    MANAGE_REMINDERS = "manage_reminders"  # approve or decline messages to participants
    MANAGE_CALENDAR = "manage_calendar"
    MANAGE_PROVIDERS = "manage_providers"
    MANAGE_AGENCIES = "manage_agencies"  # who outside the court must be told when a record is sealed
    SEAL = "seal"
    FETCH_SEALING_NOTICES = "fetch_sealing_notices"  # of cases just sealed, until their stated day
    UNSEAL = "unseal"
    EXPUNGE = "expunge"
    OWN_ACCOUNT = "own_account"  # one's own password, second factor and sign-ins
    MANAGE_FEED = "manage_feed"  # one's own calendar feed: no name, charge or kind of court is in it
    MANAGE_ACCOUNTS = "manage_accounts"
    MANAGE_SETTINGS = "manage_settings"  # write the court's policy and put it in force
    RESTRICT = "restrict"  # keep a participant to named staff, name them, lift it
    BREAK_GLASS = "break_glass"  # open a restricted case in an emergency, for a time, with a reason
    ANSWER_OPENINGS = "answer_openings"  # be told of such openings, without case content, and say so


_A = Action

#: What everybody who can sign in has.
EVERYBODY = frozenset({_A.OWN_ACCOUNT})

#: What everybody who works on cases reads.
READING = EVERYBODY | frozenset(
    {
        _A.SEE_DOCKET,
        _A.SEE_CASE,
        _A.SEE_FOLLOW_UP,
        _A.SEE_REMINDERS,
        _A.SEE_CALENDAR,
        _A.SEE_PROVIDERS,
        _A.SEE_RUNS,
        _A.SEE_STANDINGS,
        _A.SEE_POLICY,
        _A.MANAGE_FEED,
    }
)

#: What arrives from outside the courtroom and is only written down.
RECORDING = frozenset(
    {
        _A.ENTER_ATTENDANCE,
        _A.ENTER_REPORT,
        _A.ENTER_CONTACT,
        _A.ENTER_ARREST,
        _A.WRITE_NOTE,
        _A.MANAGE_REFERRALS,
        _A.MANAGE_RELEASES,
    }
)

#: Actions that show or change what is known about a case; an administrator has none of them.
CASE_CONTENT = (
    RECORDING
    | {
        _A.SEE_DOCKET,
        _A.SEE_BENCH,
        _A.SEE_CASE,
        _A.SEE_FOLLOW_UP,
        _A.SEE_REMINDERS,
        _A.SEE_MEASURES,
        _A.DECIDE,
        _A.CORRECT_DECISION,
        _A.MANAGE_DOCKET,
    }
    | {
        _A.PRINT_LISTS,
        _A.EXPORT_LISTS,
        _A.OPEN_CASE,
        _A.EDIT_PARTICIPANT,
        _A.IMPORT_CASES,
        _A.MANAGE_RESPONSES,
    }
    | {_A.MANAGE_FOLLOW_UP, _A.MANAGE_REMINDERS, _A.RESTRICT, _A.BREAK_GLASS}
    | {_A.SEAL, _A.FETCH_SEALING_NOTICES, _A.UNSEAL, _A.EXPUNGE}
)

MATRIX: Mapping[Role, frozenset[Action]] = MappingProxyType(
    {
        Role.JUDGE: READING
        | {
            _A.SEE_BENCH,
            _A.SEE_MEASURES,
            _A.DECIDE,
            _A.CORRECT_DECISION,
            _A.PRINT_LISTS,
            _A.WRITE_NOTE,
            _A.MANAGE_FOLLOW_UP,
        }
        | {_A.RESTRICT, _A.BREAK_GLASS}
        | {_A.SEAL, _A.UNSEAL, _A.EXPUNGE},  # bringing a record back and destroying one are the judge's own acts
        # The clerk records the outcome on the judge's order, so she decides nothing and may write everything down.
        Role.CLERK: READING
        | RECORDING
        | {
            _A.SEE_BENCH,
            _A.DECIDE,
            _A.CORRECT_DECISION,
            _A.MANAGE_DOCKET,
            _A.PRINT_LISTS,
            _A.EXPORT_LISTS,
        }
        | {
            _A.OPEN_CASE,
            _A.EDIT_PARTICIPANT,
            _A.IMPORT_CASES,
            _A.MANAGE_RESPONSES,
            _A.MANAGE_FOLLOW_UP,
        }
        | {_A.MANAGE_REMINDERS, _A.MANAGE_CALENDAR, _A.MANAGE_PROVIDERS, _A.RESTRICT, _A.BREAK_GLASS}
        | {_A.MANAGE_AGENCIES, _A.SEAL, _A.FETCH_SEALING_NOTICES},
        Role.COORDINATOR: READING
        | RECORDING
        | {
            _A.SEE_MEASURES,
            _A.PRINT_LISTS,
            _A.EXPORT_LISTS,
            _A.OPEN_CASE,
            _A.EDIT_PARTICIPANT,
            _A.MANAGE_RESPONSES,
        }
        | {_A.MANAGE_FOLLOW_UP, _A.MANAGE_REMINDERS, _A.MANAGE_PROVIDERS, _A.BREAK_GLASS},
        Role.ADMINISTRATOR: EVERYBODY
        | frozenset(
            {
                _A.SEE_CALENDAR,
                _A.SEE_PROVIDERS,
                _A.SEE_RUNS,
                _A.SEE_STANDINGS,
                _A.SEE_POLICY,
                _A.SEE_AUDIT,
                _A.MANAGE_CALENDAR,
                _A.MANAGE_PROVIDERS,
            }
            | {_A.MANAGE_FEED, _A.MANAGE_ACCOUNTS, _A.MANAGE_SETTINGS, _A.ANSWER_OPENINGS}
        ),
        Role.PROVIDER: EVERYBODY,
        Role.PROSECUTOR: EVERYBODY,
        Role.DEFENSE: EVERYBODY,
        Role.EVALUATOR: EVERYBODY | {_A.SEE_EVALUATION},
        Role.AUDITOR: EVERYBODY | {_A.SEE_AUDIT},
    }
)


def allowed(roles: Collection[Role], action: Action) -> bool:
    """Tell whether any of `roles` includes `action`; no role, or a role the matrix lacks, is no."""
    return any(action in MATRIX.get(role, frozenset()) for role in roles)


class Whose(StrEnum):
    """Whose court a case belongs to, seen from somebody who acts in one."""

    OWN = "own"
    OTHER = "other"


class Kept(StrEnum):
    """How a case is kept."""

    OPEN = "open"
    RESTRICTED = "restricted"  # to named staff, and to whoever has opened it in an emergency
    SEALED = "sealed"


#: Where a case is there at all: whose court's, how it is kept, and whether the person is among those it is kept to.
EXISTING: frozenset[tuple[Whose, Kept, bool]] = frozenset(
    {
        (Whose.OWN, Kept.OPEN, False),
        (Whose.OWN, Kept.OPEN, True),
        (Whose.OWN, Kept.RESTRICTED, True),
    }
)


def exists(whose: Whose, kept: Kept, *, admitted: bool) -> bool:
    """Tell whether a case exists for somebody whose role works on cases; where not, the answer is that of a missing id."""
    return (whose, kept, admitted) in EXISTING

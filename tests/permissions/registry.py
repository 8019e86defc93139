"""What each query and command asks of whoever calls it: the one table from which the tests of permissions are made.

A new query or command needs its row here. `GATED` ask for every action named; `INSIDE` are called by one that has asked,
with what it loaded, and never by a screen; `OWN` are about one's own account; the scheduler's sweeps are nobody's.
"""

from collections.abc import Iterator

from models.rules.permissions import Action

Row = tuple[str, frozenset[Action]]


def rows(module: str, functions: str, actions: str) -> Iterator[Row]:
    asked = frozenset(Action[name] for name in actions.split())
    return ((f"{module}.{name}", asked) for name in functions.split())


def names(module: str, functions: str) -> Iterator[str]:
    return (f"{module}.{name}" for name in functions.split())


GATED: dict[str, frozenset[Action]] = dict(
    [
        *rows("commands.retention", "remove_aged", "MANAGE_SETTINGS"),
        *rows("queries.retention", "removable", "MANAGE_SETTINGS"),
        *rows("queries.evaluation", "evaluation", "SEE_EVALUATION"),
        *rows("commands.agencies", "add_agency keep_agency", "MANAGE_AGENCIES"),
        *rows("commands.expunging", "expunge", "EXPUNGE"),
        *rows("commands.sealing", "seal", "SEAL"),
        *rows("queries.sealing", "waiting statutes preview agencies", "SEAL"),
        *rows("queries.sealing", "sealings act_of", "FETCH_SEALING_NOTICES"),
        *rows("queries.sealing_notices", "notices", "FETCH_SEALING_NOTICES"),
        *rows("commands.second_factors", "do_without renew_recovery_codes", "OWN_ACCOUNT"),
        *rows("commands.second_factors", "reset_second_factor", "MANAGE_ACCOUNTS"),
        *rows("commands.unsealing", "unseal", "UNSEAL"),
        *rows("commands.user_sessions", "revoke_sessions", "MANAGE_ACCOUNTS"),
        *rows("commands.user_sessions", "end_session", "OWN_ACCOUNT"),
        *rows("commands.vacating", "vacate", "DECIDE"),
        *rows("queries.second_factors", "own_second_factor", "OWN_ACCOUNT"),
        *rows(
            "commands.accounts",
            "add_user disable_user enable_user set_password set_roles",
            "MANAGE_ACCOUNTS",
        ),
        *rows("commands.acds", "confirm_dismissal grant_acd restore", "DECIDE"),
        *rows(
            "commands.appearances",
            "approve_proposed book_interpreter change_purpose decline_proposed reorder",
            "MANAGE_DOCKET",
        ),
        *rows(
            "commands.attendance",
            "correct_attendance dispute_attendance record_attendance settle_attendance",
            "ENTER_ATTENDANCE",
        ),
        *rows("commands.bulk_moves", "approve", "MANAGE_CALENDAR"),
        *rows("commands.cases", "add_charge open_case", "OPEN_CASE"),
        *rows(
            "commands.closures",
            "add_closure close_day confirm_closures propose_holidays remove_closure",
            "MANAGE_CALENDAR",
        ),
        *rows("commands.contacts", "record_contact", "ENTER_CONTACT"),
        *rows("commands.corrections", "correct_decision", "CORRECT_DECISION"),
        *rows("commands.course", "accept_mandate advance_phase complete reinstate terminate", "DECIDE"),
        *rows("commands.decisions", "decide", "DECIDE"),
        *rows("commands.feeds", "make_feed note_fetch revoke_feed", "MANAGE_FEED"),
        *rows("commands.follow_ups", "add_follow_up hold settle", "MANAGE_FOLLOW_UP"),
        *rows("commands.gates", "drop_measure give_notice pass_gate", "DECIDE"),
        *rows("commands.given_responses", "settle_response", "MANAGE_RESPONSES"),
        *rows("commands.given_responses", "take_back_response withdraw_response", "CORRECT_DECISION"),
        *rows("commands.imports", "import_file load_docket remember_mapping", "IMPORT_CASES"),
        *rows("commands.judge_absences", "record_absence remove_absence", "MANAGE_CALENDAR"),
        *rows("commands.moves", "move_appearance remove_appearance", "MANAGE_DOCKET"),
        *rows("commands.notes", "write_note", "WRITE_NOTE"),
        *rows("commands.opening", "open_on", "MANAGE_CALENDAR"),
        *rows(
            "commands.participants", "add_channel add_flag edit_participant end_channel end_flag", "EDIT_PARTICIPANT"
        ),
        *rows("commands.parts", "add_judge add_part", "MANAGE_CALENDAR"),
        *rows(
            "commands.policies",
            "begin_draft discard_draft import_draft put_in_force save_draft take_back",
            "MANAGE_SETTINGS",
        ),
        *rows("commands.prints", "record_export", "PRINT_LISTS EXPORT_LISTS"),
        *rows("commands.prints", "record_print", "PRINT_LISTS"),
        *rows("commands.programs", "change_program", "DECIDE"),
        *rows(
            "commands.providers",
            "add_provider add_service reopen_provider reopen_service retire_provider retire_service update_provider update_service",
            "MANAGE_PROVIDERS",
        ),
        *rows("commands.referrals", "refer step_referral", "MANAGE_REFERRALS"),
        *rows("commands.releases", "decline_release give_release revoke_release", "MANAGE_RELEASES"),
        *rows("commands.reminders", "agree", "EDIT_PARTICIPANT"),
        *rows("commands.reminders", "approve decline", "MANAGE_REMINDERS"),
        *rows(
            "commands.reports",
            "correct_report dispute_report receive_report settle_report withdraw_report",
            "ENTER_REPORT",
        ),
        *rows("commands.restrictions", "answer_opening", "ANSWER_OPENINGS"),
        *rows("commands.restrictions", "lift name_staff release_staff restrict", "RESTRICT"),
        *rows("commands.restrictions", "open_restricted", "BREAK_GLASS"),
        *rows(
            "commands.sessions",
            "change_session close_session open_session open_sessions_weekly reopen_session",
            "MANAGE_CALENDAR",
        ),
        *rows("commands.sitting_patterns", "add_term begin_pattern end_pattern open_pattern", "MANAGE_CALENDAR"),
        *rows("commands.steps", "take_step", "DECIDE"),
        *rows("commands.summaries", "print_summary", "PRINT_LISTS SEE_CASE"),
        *rows("commands.undoing", "undo", "MANAGE_CALENDAR"),
        *rows("commands.warrants", "order_warrant", "DECIDE"),
        *rows("commands.warrants", "strike_arrest tell_arrest", "ENTER_ARREST"),
        *rows("queries.accounts", "accounts open_sessions", "MANAGE_ACCOUNTS"),
        *rows("queries.as_seen", "case_as_seen", "SEE_CASE"),
        *rows("queries.audit_hints", "unusual_access", "SEE_AUDIT"),
        *rows("queries.audit_log", "acts_of case_called span staff who_saw", "SEE_AUDIT"),
        *rows("queries.bench", "bench", "SEE_BENCH"),
        *rows("queries.bulk_moves", "bulk_move bulk_moves", "SEE_CALENDAR"),
        *rows("queries.calendar", "calendar choices session_detail", "SEE_CALENDAR"),
        *rows("queries.case_file", "case_file", "SEE_CASE"),
        *rows("queries.court_days", "strip", "SEE_DOCKET"),
        *rows("queries.docket", "docket", "SEE_DOCKET"),
        *rows("queries.docket_moves", "move_choices", "MANAGE_DOCKET"),
        *rows("queries.docket_paper", "paper", "PRINT_LISTS"),
        *rows("queries.docket_removed", "removed", "SEE_DOCKET"),
        *rows("queries.duplicates", "likely_duplicates", "OPEN_CASE"),
        *rows("queries.feeds", "feed_events", "MANAGE_FEED"),
        *rows("queries.follow_up", "worklist", "SEE_FOLLOW_UP"),
        *rows("queries.gates", "waiting_measures", "SEE_CASE"),
        *rows("queries.imports", "loaded_before loaded_files mapping_for parts preview", "IMPORT_CASES"),
        *rows("queries.intake", "first_dates intake_choices", "OPEN_CASE"),
        *rows("queries.judge_absences", "judge_absences sessions_not_held", "SEE_CALENDAR"),
        *rows("queries.load_ahead", "load_ahead", "SEE_CALENDAR"),
        *rows("queries.measures", "cases_behind", "SEE_MEASURES SEE_CASE"),
        *rows("queries.measures", "measures_of", "SEE_MEASURES"),
        *rows("queries.moves", "change_of_session preview preview_day preview_session", "SEE_CALENDAR"),
        *rows("queries.next_dates", "next_dates", "SEE_CASE"),
        *rows("queries.participants", "who_she_is", "EDIT_PARTICIPANT"),
        *rows("queries.policies", "document versions", "SEE_POLICY"),
        *rows("queries.policy_preview", "preview", "MANAGE_SETTINGS"),
        *rows("queries.providers", "providers", "SEE_PROVIDERS"),
        *rows("queries.reminders", "reminders", "SEE_REMINDERS"),
        *rows("queries.reminders", "reminders_of_case", "SEE_CASE"),
        *rows("queries.restrictions", "nameable_staff", "RESTRICT"),
        *rows("queries.restrictions", "opening_notices", "ANSWER_OPENINGS"),
        *rows("queries.restrictions", "restriction_of", "SEE_CASE"),
        *rows("queries.runs", "last_sweep runs set_aside", "SEE_RUNS"),
        *rows("queries.search", "cases_on cases_worked_on find_cases", "SEE_CASE"),
        *rows("queries.services", "services_in_use", "SEE_PROVIDERS"),
        *rows("queries.sitting_patterns", "coming_days sitting_patterns terms", "SEE_CALENDAR"),
        *rows("queries.sittings", "bench_sittings", "SEE_BENCH"),
        *rows("queries.sittings", "sittings", "SEE_DOCKET"),
        *rows("queries.standings", "standings_over_time", "SEE_STANDINGS"),
        *rows("queries.to_result", "to_result", "SEE_DOCKET"),
    ]
)

#: Asks for one of several: whoever manages the docket or decides; for an intake whoever opens cases.
EITHER = {"commands.appearances.calendar_case": frozenset({Action.MANAGE_DOCKET, Action.DECIDE, Action.OPEN_CASE})}

#: About the caller's own account, for everybody who is signed in.
OWN = {
    *names("queries.feeds", "has_feed"),
    *names("commands.sign_ins", "compare_own confirm_own"),
}

INSIDE = {
    *names("commands.free_words", "check_words"),
    *names("commands.retention", "removed"),
    *names("commands.releases", "end_releases"),
    *names("queries.case_services", "read_services"),
    *names("commands.sealing", "put_away"),
    *names("commands.expunging", "finish_tonight"),  # the scheduler's
    *names("commands.attendance", "check_session new_attendance restated"),
    *names("commands.clearing", "appearances_on clear locked_with_targets move_all"),
    *names("commands.course", "agree change_stage"),
    *names("commands.decisions", "new_decision recorded_from"),
    *names("commands.expected_reports", "expect_coming expect_reports withdraw_unasked"),
    *names("commands.follow_ups", "void void_about void_one write_follow_up"),
    *names("commands.gates", "take"),
    *names("commands.identity", "ages_again interpreters_again"),
    *names("commands.judge_absences", "seat"),
    *names("commands.moves", "move remove"),
    *names("commands.notes", "add_note"),
    *names("commands.opening", "taken_days"),
    *names("commands.outbox", "as_it_stands"),
    *names("commands.participants", "take"),
    *names("commands.parts", "judge_called"),
    *names("commands.places", "lock lock_all lock_open take"),
    *names("commands.report_sessions", "enter_sessions"),
    *names("commands.responses", "answer_behaviour give_responses"),
    *names("commands.sending", "claim_next record_failed record_sent"),  # the scheduler's
    *names("commands.sitting_patterns", "check"),
    *names("commands.taking_back", "end_sessions"),
    *names("commands.user_sessions", "open_session"),
    *names("commands.warrants", "as_decided order_in_court take_back"),
    *names("queries.again", "again"),
    *names("queries.bench_case", "heading_of recorded_of services_of"),
    *names("queries.case_heading", "heading"),
    *names("queries.case_notes", "note_entries"),
    *names("queries.move_statements", "also_on appearances closures releases reports"),
    *names("queries.moves", "new_due_on"),
    *names("queries.next_dates", "bench_of proposed"),
    *names("queries.timeline", "timeline"),
}

#: Only the scheduler calls them, for its own court.
SWEEPS = "commands.sweeps."

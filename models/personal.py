"""Which columns hold what of a person: the one place that says it, for expunging and for whoever adds a column.

Every column of text, JSON or a civil date stands in exactly one of the four lists; ids, instants, numbers, yes-or-no and the
court's fixed words say nothing about who somebody is. A case's and a person's rows are destroyed whole, so the lists
decide what else is looked through: `IN_WORDS`, wherever it stands, is where a name may have been typed.
"""

from collections.abc import Iterator, Mapping

import sqlalchemy as sa
from sqlmodel import SQLModel

#: Who somebody is, or what leads to her.
IDENTITY: Mapping[str, str] = {
    "cases": "docket_number imported_as",
    "contact_channels": "value",
    "name_keys": "word sound",
    "persons": "legal_name preferred_name preferred_script pronunciation pronouns public_alias date_of_birth search_key",
    "sealed_cases": "docket_number order_number",
}
#: What people type in their own words: it may name anybody.
IN_WORDS: Mapping[str, str] = {
    "agencies": "how",
    "appearances": "reason promised state_reason",
    "arrests": "note struck_reason",
    "attendances": "reason",
    "bulk_moves": "reason",
    "contact_channels": "note",
    "contacts": "note",
    "court_sessions": "closed_reason note",
    "decisions": "promised no_next_date_reason correction_reason",
    "follow_ups": "reason hold_reason waived_reason",
    "gated_measures": "what finding dropped_reason",
    "judge_absences": "reason",
    "left_unanswered": "because reason",
    "mandates": "ended_reason",
    "moved_cases": "kept_reason",
    "notes": "text",
    "phase_periods": "reason",
    "providers": "contact",
    "referral_steps": "note",
    "releases": "what purpose",
    "report_versions": "summary correction_reason",
    "responses": "what because outside_reason withdrawn_reason",
    "runs": "problem",
    "safety_flags": "note",
    "sealed_cases": "reason",
    "sealings": "authority",
    "set_aside": "problem",
    "stage_changes": "reason",
    "standing_changes": "reason",
    "restrictions": "reason lifted_reason",
    "openings": "reason",
    "warrants": "reason struck_reason",
}
#: What is true of one case or person; without their rows it says nothing.
FACTS: Mapping[str, str] = {
    "acds": "granted_on expires_on restored_on confirmed_on",
    "arrests": "arrested_on told_on",
    "attendances": "held_on",
    "cases": "stage_since incident_on opened_on look_on",
    "charges": "statute description severity offence_on disposition disposed_on",
    "contact_channels": "ended_on",
    "contacts": "made_on",
    "decisions": "decided_on",
    "follow_ups": "occurrence since due_on held_until done_on void_on",
    "gated_measures": "notice_on counsel_on heard_on found_on taken_on dropped_on",
    "left_unanswered": "offered policy_version decided_on",
    "mandates": "program policy_version accepted_on carried_from ended_on",
    "participants": "languages interpreter_language reask_contact_on no_reminders_since",
    "phase_periods": "name entered_on left_on",
    "referral_steps": "stepped_on",
    "referrals": "state_since",
    "releases": "information recipients starts_on ends_on event_on revoked_on",
    "reminders": "occurrence due_on held_on language",
    "report_versions": "received_on",
    "reports": "period_from period_to due_on received_on",
    "responses": "behaviour_on offered policy_version decided_on due_on settled_on",
    "safety_flags": "since ended_on",
    "sealed_cases": "from_since sealed_on ordered_on judge",
    "stage_changes": "changed_on",
    "standing_changes": "changed_on policy_version",
    "vacaturs": "ordered_on judge statute",
    "warrants": "ordered_on ordered_by",
}
#: The court's own: its calendar, accounts, settings and orders, and the audit, which holds ids only.
THE_COURTS: Mapping[str, str] = {
    "agencies": "name",
    "audit_events": "action subject_type detail previous_hash hash",
    "audit_heads": "hash",
    "bulk_moves": "first_on last_on before",
    "closures": "closed_on name",
    "court_sessions": "held_on interpreter_languages purposes",
    "courts": "name public_name zone policy",
    "docket_prints": "appearance_ids",
    "expungings": "ordered_on judge statute",
    "feed_tokens": "token_hash",
    "heartbeats": "name",
    "identities": "issuer subject",
    "import_batches": "file_hash",
    "import_mappings": "headings_key columns",
    "installation": "anchored_on",
    "judge_absences": "first_on last_on",
    "judges": "name",
    "parts": "name room",
    "policy_versions": "name text reason digest in_force_from",
    "providers": "name address",
    "half_sign_ins": "token_hash sealed_secret",
    "recovery_codes": "code_hash",
    "second_factors": "sealed_secret",
    "remaining_facts": "program",
    "runs": "job",
    "sealings": "order_number ordered_on judge statutes first_on last_on notices_until",
    "services": "name languages as_of",
    "set_aside": "job",
    "sitting_patterns": "dates from_on until_on terms interpreter_languages purposes",
    "terms": "name first_on last_on",
    "user_sessions": "token_hash ended_reason place",
    "users": "username display_name password_hash",
}

#: What leads from a row to the case or the person it is about, also where no foreign key says so.
_LEADS = {"cases": "cases", "participants": "participants", "persons": "persons"}
_BY_NAME = {"case_id": "cases", "subject_id": "cases", "participant_id": "participants", "person_id": "persons"}

#: The audit outlives what it tells of: random ids, never a personal value.
KEPT = frozenset({"audit_events", "audit_lists"})


def classified() -> Mapping[str, frozenset[str]]:
    """Return the classified columns of each table."""
    found: dict[str, frozenset[str]] = {}
    for part in (IDENTITY, IN_WORDS, FACTS, THE_COURTS):
        for table, columns in part.items():
            found[table] = found.get(table, frozenset()) | frozenset(columns.split())
    return found


def links() -> Iterator[tuple[sa.Table, sa.Column[object], str]]:
    """Yield each table whose rows belong to a case or a person: the table, the column that says to which, and whose."""
    for table in SQLModel.metadata.sorted_tables:
        if table.name in KEPT:
            continue
        if table.name in _LEADS:
            yield table, table.c.id, table.name
            continue
        for column in table.columns:
            keys = {key.column.table.name for key in column.foreign_keys} & set(_LEADS)
            whose = next(iter(keys), None) or (None if column.foreign_keys else _BY_NAME.get(column.name))
            if whose:
                yield table, column, whose


def beyond() -> Iterator[tuple[sa.Column[object], sa.Table]]:
    """Yield each column that leads to such a row from a table that has no way of its own to the case or the person."""
    linked = {table.name: table for table, _, _ in links()}
    for table in SQLModel.metadata.sorted_tables:
        if table.name not in linked and table.name not in KEPT:
            for column in table.columns:
                for key in column.foreign_keys:
                    if key.column.table.name in linked:
                        yield column, linked[key.column.table.name]


def in_words() -> Iterator[tuple[sa.Table, sa.Column[object]]]:
    """Yield every column in which people write in their own words."""
    for name, columns in IN_WORDS.items():
        table = SQLModel.metadata.tables[name]
        yield from ((table, table.c[column]) for column in columns.split())

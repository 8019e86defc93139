"""Import: the court's existing docket from CSV or Excel. Choose a file, say which column is what, look, load.

Nothing is loaded before everything was shown, and then everything or nothing. The file stays in this session only.
"""

from uuid import UUID

import streamlit as st

from dashboard import access, store, wording
from dashboard.components import html
from dashboard.components.card import card
from dashboard.components.heading import show_heading, show_note
from dashboard.components.import_steps import cases_left_out, show_loaded, show_mapping, show_part, show_plan
from dashboard.components.refusals import attempt
from dashboard.options import UPLOAD_TYPES
from models.commands.imports import ImportResult, load_docket, remember_mapping
from models.queries import imports as queries
from models.rules.importing.docket import ImportedDocket, SourceTable
from models.rules.importing.fields import Column
from models.rules.importing.rows import read_docket
from models.rules.permissions import Action
from models.scope import Actor
from models.tabular import read_table

_NUMBER, _RESULT = "import-number", "import-result"
_TABLE, _MAPPING, _DOCKET = "import-table", "import-mapping", "import-docket"


def render() -> None:
    """Draw the steps as far as they have come."""
    who = access.require(Action.IMPORT_CASES)
    show_heading("Import", "the court's existing docket, from CSV or Excel")
    _show_result()
    key = f"import-{st.session_state.setdefault(_NUMBER, 0)}"
    with card("1. The file", key="import-file-card"):
        table = _table(who, key)
    if table is None:
        with store.reading() as session:
            files = queries.loaded_files(session, who)
        show_loaded(files, who)
        return
    mapping = _mapping(who, table, f"{key}-{table.file_hash[:8]}")
    if mapping is not None:
        with card("3. What would be loaded", key="import-plan-card"):
            _plan_and_load(who, table, mapping, key)


def _table(who: Actor, key: str) -> SourceTable | None:
    """Return the table of the file in front, read once."""
    show_note(
        "One row for each case, or one for each charge. Up to 10 MB and 50,000 rows. The columns may have any order."
    )
    file = st.file_uploader("Docket as CSV or Excel workbook", type=list(UPLOAD_TYPES), key=f"{key}-file")
    if file is None:
        _forget()
        return None
    held = st.session_state.get(_TABLE)
    if held is None or held[0] != file.file_id:
        _forget()
        with attempt() as tried:
            st.session_state[_TABLE] = (file.file_id, read_table(file.getvalue()))
        if not tried.done:
            return None
    table: SourceTable = st.session_state[_TABLE][1]
    with store.reading() as session:
        before = queries.loaded_before(session, who, table.file_hash)
    said = [f"{wording.count(len(table.rows), 'row')}, {wording.count(len(table.headings), 'column')}.", *table.remarks]
    if before:
        when = wording.instant_words(before.loaded_at, who.zone)
        said.append(f"This very file was loaded on {when} by {before.loaded_by}; what is here already stays as it is.")
    show_note(" ".join(said))
    return table


def _mapping(who: Actor, table: SourceTable, key: str) -> dict[Column, str] | None:
    """Return the mapping that counts: the court's remembered one, or the one just confirmed."""
    with store.reading() as session:
        proposed, known = queries.mapping_for(session, who, table.headings)
    note = "as this court has read such files before" if known else "guessed from the headings: please look"
    with card("2. The columns", note, key="import-mapping-card"):
        with st.expander("Which column is what", expanded=not known):
            confirmed = show_mapping(table, proposed, key)
        if confirmed is not None:
            with attempt() as tried, store.writing() as session:
                remember_mapping(session, who, table.headings, confirmed, now=access.now())
            st.session_state[_MAPPING] = confirmed if tried.done else None
            st.session_state.pop(_DOCKET, None)
        elif known and _MAPPING not in st.session_state:
            st.session_state[_MAPPING] = proposed
    mapping: dict[Column, str] | None = st.session_state.get(_MAPPING)
    return mapping


def _plan_and_load(who: Actor, table: SourceTable, mapping: dict[Column, str], key: str) -> None:
    """Show what would be loaded, and load it when asked."""
    with store.reading() as session:
        parts = queries.parts(session, who)
    part_id = show_part(parts, key) if parts else None
    docket = _docket(who, table, mapping)
    with store.reading() as session:
        plan = queries.preview(session, who, docket, default_part=part_id, today=access.today(who))
    show_plan(plan)
    changes = len(plan.arrivals) + len(plan.additions)
    if not changes:
        show_note("Nothing to load: everything that can be read is here already.")
        return
    leave_out = False
    if plan.stopping:
        cases = wording.count(cases_left_out(plan.stopping), "case")
        leave_out = st.checkbox(f"Leave out the {cases} that cannot be loaded", key=f"{key}-leave-out")
    label = f"Load {wording.count(changes, 'case')}"
    if st.button(label, type="primary", key=f"{key}-load", disabled=bool(plan.stopping) and not leave_out):
        _load(docket, part_id, leave_out)


def _docket(who: Actor, table: SourceTable, mapping: dict[Column, str]) -> ImportedDocket:
    """Return the cases of the file, read once for a mapping."""
    if _DOCKET not in st.session_state:
        st.session_state[_DOCKET] = read_docket(table, mapping, access.today(who))
    docket: ImportedDocket = st.session_state[_DOCKET]
    return docket


def _load(docket: ImportedDocket, part_id: UUID | None, leave_out: bool) -> None:
    """Load in one transaction with progress; a second click finds everything here already."""
    who = access.require(Action.IMPORT_CASES)
    bar = st.progress(0.0, "Loading")

    def progress(done: int, total: int) -> None:
        bar.progress(done / total, f"{done:,} of {total:,} cases")

    with attempt() as tried, store.writing() as session:
        result = load_docket(
            session,
            who,
            docket,
            now=access.now(),
            default_part=part_id,
            leave_out=leave_out,
            progress=progress,
        )
    bar.empty()
    if tried.done:
        st.session_state[_RESULT] = result
        st.session_state[_NUMBER] += 1
        _forget()
        st.rerun()


def _show_result() -> None:
    """Say once what the load did."""
    result: ImportResult | None = st.session_state.pop(_RESULT, None)
    if result is None:
        return
    stopped = [problem for problem in result.problems if problem.stops]
    parts = [
        f"{wording.count(result.added, 'case')} loaded",
        f"{result.changed:,} added to",
        f"{result.unchanged:,} unchanged",
        f"{cases_left_out(stopped):,} left out",
    ]
    st.success(f"{', '.join(parts)}.")
    html.show(html.tag("p", html.link("See the docket", "/docket"), css="of-links"))


def _forget() -> None:
    """Drop the file in front and what was read from it."""
    for name in (_TABLE, _MAPPING, _DOCKET):
        st.session_state.pop(name, None)


if __name__ == "__main__":
    render()

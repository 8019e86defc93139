"""The draft in front of an administrator: one part of it at a time in a form, and entries added and taken out."""

from collections.abc import Callable, Mapping
from copy import deepcopy
from functools import partial
from typing import Any

import streamlit as st

from dashboard.components.confirm import confirm
from dashboard.components.policy.document import part_words, title_of
from dashboard.components.policy.fields import show_fields
from dashboard.components.refusals import attempt
from dashboard.wording import policy as words
from models.errors import Invalid
from models.policies.lines import steps_of
from models.policies.reading import WrongKey, parsed
from models.policies.sections import Section, sections
from models.policies.shape import Shape, shape_of
from models.policies.writing import changed, without

#: Writes the draft's document anew and says so; raises what the command raises.
Save = Callable[[str], None]

_CHOSEN, _MORE = "policy-section", "policy-more"


def show_draft(text: str, save: Save, *, form: str) -> None:
    """Draw the choice of a part, its form, and what can be added and taken out; `save` is given the new document."""
    values = parsed(text)
    shape = shape_of(values)
    present = {one.key: one for one in sections(values, shape)}
    new = {f"{name}[{length + 1}]": name for name, length in shape.lists.items() if "[" not in name}
    choices = [*present, *new]
    if st.session_state.get(_CHOSEN) not in choices:
        st.session_state.pop(_CHOSEN, None)
    chosen = st.selectbox(
        "Part of the policy",
        choices,
        format_func=lambda key: title_of(present[key]) if key in present else _new_words(new[key]),
        key=_CHOSEN,
    )
    if chosen in new or st.session_state.get(_MORE) == chosen:
        values = _with_a_blank(values, chosen, shape, is_new=chosen in new)
    section = next(one for one in sections(values, shape_of(values)) if one.key == chosen)
    _show_form(section, text, save, form)
    if chosen in present:
        _show_entries(section, shape, text, save)


def _new_words(name: str) -> str:
    return f"New: {words.section_words(name.rpartition('.')[2]).lower()} …"


def _with_a_blank(values: Mapping[str, Any], chosen: str, shape: Shape, *, is_new: bool) -> dict[str, Any]:
    """Return the values with an empty entry: the chosen new one, or one more inside the chosen section."""
    made = deepcopy(dict(values))
    names = [chosen.rpartition("[")[0]] if is_new else _inside(chosen, shape)
    for name in names:
        entries: Any = made
        for step in steps_of(name):
            entries = entries[step] if isinstance(step, int) else entries.setdefault(step, [])
        entries.append({})
    return made


def _inside(key: str, shape: Shape) -> list[str]:
    return [name for name in shape.lists if name.startswith(f"{key}.")]


def _show_form(section: Section, text: str, save: Save, form: str) -> None:
    with st.form(f"{form}-{section.key}", border=False):
        given = show_fields(section, form)
        sent = st.form_submit_button("Save this part", type="primary")
    if sent and _try(section, lambda: changed(text, given), save):
        st.rerun()


def _show_entries(section: Section, shape: Shape, text: str, save: Save) -> None:
    """Offer one more entry inside the section, and taking entries out."""
    with st.container(horizontal=True):
        for name in _inside(section.key, shape):
            what = words.section_words(name.rpartition(".")[2]).lower()
            if st.session_state.get(_MORE) == section.key:
                st.button(f"No further {what}", key="policy-fewer", on_click=_more, args=(None,))
            else:
                st.button(f"Add a {what}", key="policy-add", on_click=_more, args=(section.key,))
        for key, settings in section.parts.items():
            if key and any(one.value is not None for one in settings):
                called = part_words(key, settings)
                _show_taking_out(key, called, partial(_take_out, section, key, text, save))
        if section.in_list:
            _show_taking_out(section.key, title_of(section), partial(_take_out, section, section.key, text, save))


def _show_taking_out(key: str, called: str, act: Callable[[], None]) -> None:
    confirm(
        f"Take out {called}",
        f"Take {called} out of the draft? The version in force keeps it.",
        "Take it out",
        act,
        key=f"policy-out-{key}",
    )


def _more(section: str | None) -> None:
    st.session_state[_MORE] = section


def _take_out(section: Section, key: str, text: str, save: Save) -> None:
    _try(section, partial(without, text, key), save)


def _try(section: Section, made: Callable[[], str], save: Save) -> bool:
    """Save what was made and tell whether it was; a setting that cannot be right is named as the form names it."""
    with attempt("Saved in the draft.") as tried:
        try:
            save(made())
        except WrongKey as error:
            part = next((key for key in section.parts if key and error.key.startswith(f"{key}.")), "")
            entry = part_words(part, section.parts[part]) if part else title_of(section)
            inside = (one.key for one in section.settings if one.key.startswith(f"{error.key}.") and not one.optional)
            raise Invalid(words.problem_words(error, entry, next(inside, None))) from error
    if tried.done:
        st.session_state[_MORE] = None
    return tried.done

"""One field of the draft's forms for one setting, whatever it is: drawn from its kind, its limits and its value."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import streamlit as st

from dashboard.components.heading import show_heading
from dashboard.components.policy.document import part_words
from dashboard.wording import policy as words
from models.policies.sections import Section
from models.policies.shape import Kind, Setting

_YES_NO = {True: "yes", False: "no", None: "left out"}
_COLUMNS = 3
_LONGEST = 480  # characters; three parts of a text message
_WIDE = frozenset({Kind.TEXTS, Kind.SENTENCE})
_FIRST, _LAST = date(1990, 1, 1), date(2100, 12, 31)


def show_fields(section: Section, form: str) -> dict[str, Any]:
    """Draw a section's fields, those of an entry inside it under its name; return what they hold by full name."""
    values: dict[str, Any] = {}
    for key, settings in section.parts.items():
        if key:
            show_heading(part_words(key, settings), level=3)
        narrow = [one for one in settings if one.kind not in _WIDE]
        for some in (narrow[start : start + _COLUMNS] for start in range(0, len(narrow), _COLUMNS)):
            for place, one in zip(st.columns(_COLUMNS), some, strict=False):
                with place:
                    values[one.key] = _field(one, form)
        wide = [one for one in settings if one.kind in _WIDE]
        for some in (wide[start : start + 2] for start in range(0, len(wide), 2)):
            for place, one in zip(st.columns(2), some, strict=False):
                with place:
                    values[one.key] = _field(one, form)
    return values


def _field(one: Setting, form: str) -> Any:
    label = words.setting_words(one.key) + (" (may be left out)" if one.optional else "")
    return _FIELDS[one.kind](one, label, f"{form}-{one.key}")


def _text(one: Setting, label: str, key: str) -> str | None:
    said = st.text_input(label, str(one.value or ""), key=key).strip()
    return None if one.optional and not said else said


def _sentence(one: Setting, label: str, key: str) -> str | None:
    said = " ".join(st.text_area(label, str(one.value or ""), key=key, height=96, max_chars=_LONGEST).split())
    return None if one.optional and not said else said


def _whole(one: Setting, label: str, key: str) -> int | None:
    value = one.value if isinstance(one.value, int) else None
    return st.number_input(label, min_value=one.least, value=value, step=1, format="%d", key=key)


def _flag(one: Setting, label: str, key: str) -> bool | None:
    choices: Sequence[bool | None] = [True, False, None] if one.optional else [True, False]
    present = one.value if isinstance(one.value, bool) else choices[-1]
    return st.selectbox(label, choices, choices.index(present), format_func=lambda value: _YES_NO[value], key=key)


def _day(one: Setting, label: str, key: str) -> date | None:
    value = one.value if isinstance(one.value, date) else None
    return st.date_input(label, value, min_value=_FIRST, max_value=_LAST, format="YYYY-MM-DD", key=key)


def _choice(one: Setting, label: str, key: str) -> str | None:
    choices: list[str | None] = [*([None] if one.optional or one.value is None else []), *one.choices]
    present = one.value if isinstance(one.value, str) and one.value in choices else choices[0]
    return st.selectbox(
        label,
        choices,
        choices.index(present),
        format_func=lambda value: "left out" if value is None else words.choice_words(value),
        key=key,
    )


def _wholes(one: Setting, label: str, key: str) -> list[Any] | None:
    value = one.value if isinstance(one.value, list) else []
    said = st.text_input(f"{label}, with commas between", ", ".join(map(str, value)), key=key)
    parts = [part.strip() for part in said.split(",") if part.strip()]
    found = [int(part) if part.isdecimal() else part for part in parts]
    return None if one.optional and not found else found


def _texts(one: Setting, label: str, key: str) -> list[str] | None:
    value = one.value if isinstance(one.value, list) else []
    said = st.text_area(f"{label}, one a line", "\n".join(value), key=key, height=96)
    found = [line.strip() for line in said.splitlines() if line.strip()]
    return None if one.optional and not found else found


_FIELDS: Mapping[Kind, Callable[[Setting, str, str], Any]] = {
    Kind.TEXT: _text,
    Kind.SENTENCE: _sentence,
    Kind.WHOLE: _whole,
    Kind.FLAG: _flag,
    Kind.DAY: _day,
    Kind.CHOICE: _choice,
    Kind.WHOLES: _wholes,
    Kind.TEXTS: _texts,
}

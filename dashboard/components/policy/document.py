"""A version of the policy in words, section by section, and what one version says otherwise than another."""

from collections.abc import Sequence

from dashboard.components import html
from dashboard.components.heading import show_heading, show_note
from dashboard.wording import policy as words
from models.policies.differences import differences
from models.policies.reading import parsed
from models.policies.sections import Section, sections
from models.policies.shape import Setting, shape_of

_SETTING = ("Setting", "Value")
_DIFFERENCE = ("Where", "What", "In force", "This version")


def title_of(section: Section) -> str:
    """Return what a section is called: "Program Six sessions", "Reports"."""
    called = words.section_words(section.table)
    return f"{called} {entry_words(section)}" if section.entry else called


def entry_words(section: Section) -> str:
    """Return what an entry is called in its list."""
    return ", ".join(words.choice_words(part) for part in (section.entry or "").split(", "))


def show_document(text: str) -> None:
    """Show every setting of a version with its value."""
    values = parsed(text)
    for section in sections(values, shape_of(values)):
        show_heading(title_of(section), level=3)
        html.show(html.table(title_of(section), _SETTING, _rows(section)))


def _rows(section: Section) -> list[Sequence[html.Cell]]:
    """Return a section's settings; those of an entry inside it follow its name."""
    rows: list[Sequence[html.Cell]] = []
    for key, settings in section.parts.items():
        inside = f"{part_words(key, settings)}: " if key else ""
        rows += [
            (inside + words.setting_words(one.key), words.value_words(one.value))
            for one in settings
            if one.value is not None or not one.optional
        ]
    return rows


def part_words(key: str, settings: Sequence[Setting]) -> str:
    """Return what an entry inside a section is called: "Phase 2, Progress"."""
    table, _, place = key.rpartition(".")[2].removesuffix("]").partition("[")
    name = next((one.value for one in settings if one.key == f"{key}.name" and one.value), None)
    return f"{words.section_words(table)} {place}" + (f", {name}" if name else "")


def show_differences(before: str, after: str) -> None:
    """Show what the version `after` says otherwise than the one in force."""
    found = [words.difference_words(one) for one in differences(before, after)]
    if not found:
        show_note("It says the same as the version in force.")
        return
    html.show(html.table("What changes", _DIFFERENCE, found))

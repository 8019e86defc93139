"""Promises about what people type in their own words: one limit, one sentence, and nothing typed in a refusal."""

from uuid import uuid4

import pytest
from sqlalchemy.engine import Engine

from models.commands.follow_ups import add_follow_up
from models.commands.forms import InvalidForm
from models.commands.intake_form import NewFlag
from models.commands.notes import write_note
from models.commands.typed import LONGEST_LINE, LONGEST_NOTE, line, needed
from models.database import transaction
from models.errors import Invalid
from models.rules.vocabulary import FlagKind, Move, NoteVisibility
from tests.builders import NOW, TODAY
from tests.commands.case_stories import a_story


@pytest.mark.parametrize(("typed", "kept"), [(None, None), ("", None), (" \n", None), (" a word ", "a word")])
def test_blank_ends_go_and_nothing_is_none(typed: str | None, kept: str | None) -> None:
    assert line(typed) == kept


def test_what_is_needed_says_why_it_is() -> None:
    assert needed(" because ", "Say why.") == "because"
    with pytest.raises(Invalid, match="Say why"):
        needed(" ", "Say why.")


@pytest.mark.parametrize("longest", [LONGEST_LINE, LONGEST_NOTE])
def test_the_limit_fits_and_one_more_is_refused_in_words_that_repeat_nothing(longest: int) -> None:
    assert line("é" * longest, longest) == "é" * longest
    with pytest.raises(Invalid) as refused:
        line("é" * (longest + 1), longest)
    assert f"{longest + 1:,} characters; at most {longest:,} fit. Shorten it" in str(refused.value)
    assert "é" not in str(refused.value)


def test_a_note_may_be_longer_than_a_reason_and_neither_is_endless(engine: Engine) -> None:
    with transaction(engine) as session:
        story = a_story(session)

        def note(length: int) -> str:
            text, token = "x" * length, uuid4()
            return write_note(session, story.actor, story.case.id, text, NoteVisibility.TEAM, now=NOW, token=token).text

        def follow_up(length: int) -> bool:
            given = ("x" * length, TODAY, Move.COORDINATOR)
            return add_follow_up(session, story.actor, story.case.id, *given, token=uuid4(), now=NOW)

        assert len(note(LONGEST_NOTE)) == LONGEST_NOTE
        assert follow_up(LONGEST_LINE)
        with pytest.raises(Invalid, match="at most 4,000 fit"):
            note(LONGEST_NOTE + 1)
        with pytest.raises(Invalid, match="at most 500 fit"):
            follow_up(LONGEST_LINE + 1)


def test_a_field_of_a_form_has_the_same_limit() -> None:
    with pytest.raises(InvalidForm, match="Note is too long: at most 500 characters fit"):
        NewFlag.read(kind=FlagKind.INITIALS_ONLY, note="x" * (LONGEST_LINE + 1))

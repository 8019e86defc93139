"""What an evaluator is told: nothing small, nothing that gives a small count away, nothing of the present quarter."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from models.rules.evaluation import SMALLEST, CountedCase, age_at, quarter_begun, suppressed, tables
from models.rules.vocabulary import Stage

COUNTS = st.dictionaries(st.text("abcdef", min_size=1, max_size=1), st.integers(0, 40), max_size=6)


@given(COUNTS)
def test_no_small_count_is_told_and_none_can_be_worked_out_from_the_total(counts: dict[str, int]) -> None:
    told = suppressed(counts)
    left_out = [word for word, number in told.items() if number is None]
    assert all(number is None or number == 0 or number >= SMALLEST for number in told.values())
    assert all(told[word] == counts[word] for word in counts if word not in left_out)
    others_are_told = any(number for number in told.values())
    if left_out and others_are_told:
        assert len(left_out) > 1
        assert sum(counts[word] for word in left_out) >= SMALLEST


def test_nothing_is_left_out_without_need() -> None:
    assert suppressed({"a": 11, "b": 0, "c": 40}) == {"a": 11, "b": 0, "c": 40}
    assert suppressed({"a": 3, "b": 12, "c": 40}) == {"a": None, "b": None, "c": 40}
    assert suppressed({"a": 5, "b": 6, "c": 40}) == {"a": None, "b": None, "c": 40}


def test_a_quarter_is_counted_once_it_has_ended() -> None:
    case = CountedCase(opened_on=date(2026, 9, 30), age=24, program="Six sessions", ended=Stage.DISMISSED)
    present = CountedCase(opened_on=date(2026, 10, 1), age=24, program="Six sessions", ended=None)
    by_quarter, by_age, by_program, by_end = tables([case] * 11 + [present] * 20, date(2026, 12, 4))
    assert by_quarter.cells == {"2026 Q3": 11}
    assert by_age.cells == {"18 to 24": 11}
    assert by_program.cells == {"Six sessions": 11}
    assert by_end.cells == {"dismissed": 11}
    assert [quarter_begun(date(2026, month, 15)).month for month in (1, 3, 4, 12)] == [1, 1, 4, 10]


def test_an_age_is_that_of_the_day_of_opening_or_the_one_reported() -> None:
    assert age_at(date(2000, 12, 5), 40, date(2026, 12, 4)) == 25
    assert age_at(None, 40, date(2026, 12, 4)) == 40
    assert age_at(None, None, date(2026, 12, 4)) is None

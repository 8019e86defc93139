"""Which characters the shipped fonts can print."""

from dashboard.exports.glyphs import coverage, missing_glyphs, printable


def test_joiners_and_marks_without_a_shape_are_not_missing() -> None:
    assert not missing_glyphs("می\u200cخواهم\u00a0क्\u200dष \n")


def test_the_signs_of_the_screen_are_on_paper_too() -> None:
    assert not missing_glyphs("● ▲ ■ ○ ◆ ✓ ✚ → ▸ – — · … “ ” ‘ ’ § № €")


def test_the_fonts_together_have_tens_of_thousands_of_characters() -> None:
    assert len(coverage()) > 45_000


def test_text_that_can_be_printed_is_left_as_it_is() -> None:
    assert printable("Mei 陈美") == "Mei 陈美"

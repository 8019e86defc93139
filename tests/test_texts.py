"""What participants read: in every language neutral, about a day and a time, and with no place for anything personal."""

from datetime import date, time

import pytest

from models.errors import PolicyError
from models.rules.vocabulary import TextLanguage
from models.texts import Text, codes_by_name, load, texts_in_force

ON = date(2026, 12, 4)
TEXTS = texts_in_force(ON)

#: What would tell somebody who reads along that this is a court, which one, or why; stems, in small letters.
FORBIDDEN = {
    "en": "court judge traffick prostitut victim crim charg case hearing appear arrest warrant police program attorney lawyer offen sexual diversion",
    "es": "corte tribunal juez juzgado juicio trata prostit víctima victima delito delincu crimen cargo caso audiencia arresto orden policía programa abogad sexo sexual",
    "zh-Hans": "法院 法庭 法官 贩 卖淫 受害 罪 指控 案 开庭 出庭 逮捕 警 律师 性 项目",
    "ko": "법원 법정 판사 인신매매 성매매 피해자 범죄 혐의 사건 재판 출석 체포 영장 경찰 변호사 프로그램",
    "pt": "tribunal juiz juíza vara tráfico prostit vítima crime acusa caso processo audiência prisão mandado polícia advogad programa sexo sexual",
    "ru": "суд торговл проститу жертв преступ обвин дело слушан арест ордер полиц адвокат программ секс явк",
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_no_text_tells_a_court_a_charge_or_a_reason_to_be_there(text: Text) -> None:
    everything = " ".join((text.subject, text.reminder, text.reminder_of("Part 12", ON, time(9, 30)))).casefold()
    found = [stem for stem in f"{FORBIDDEN['en']} {FORBIDDEN[text.language]}".split() if stem in everything]
    assert found == []


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_every_day_and_time_of_a_year_can_be_told(text: Text) -> None:
    for month in range(1, 13):
        told = text.reminder_of("Part 12", date(2026, month, 11), time(14, 5))
        assert "Part 12" in told
        assert "11" in told
        assert "05" in told
        assert text.months[month - 1] in told
        assert "{" not in told


def test_a_text_reads_as_a_person_would_write_it() -> None:
    told = {code: text.reminder_of("Part 12", date(2026, 12, 11), time(14, 5)) for code, text in TEXTS.items()}
    assert "you have an appointment on Friday, December 11 at 2:05 PM." in told["en"]
    assert "una cita el viernes 11 de diciembre. Hora: 2:05 p. m." in told["es"]
    assert "您在12月11日（星期五）下午2:05有一个预约" in told["zh-Hans"]
    assert "12월 11일 금요일 오후 2:05에 약속이 있습니다" in told["ko"]
    assert "no dia 11 de dezembro (sexta-feira). Horário: 14:05" in told["pt"]
    assert "Дата: пятница, 11 декабря. Время: 14:05" in told["ru"]


@pytest.mark.parametrize(("at", "said"), [(time(0, 5), "12:05 AM"), (time(12), "12:00 PM"), (time(11, 59), "11:59 AM")])
def test_noon_and_midnight_are_told_as_a_clock_shows_them(at: time, said: str) -> None:
    assert said in TEXTS["en"].reminder_of("Part 12", ON, at)


def test_the_six_languages_are_found_by_the_names_under_which_they_are_recorded() -> None:
    names = codes_by_name(TEXTS)
    recorded = ("English", "Spanish", "Mandarin", "Korean", "Portuguese", "Russian")
    assert [names[name.casefold()] for name in recorded] == ["en", "es", "zh-Hans", "ko", "pt", "ru"]


ENGLISH = """
language = "xx"
name = "Test"
called = ["tests"]
in_force_from = 2026-01-01
subject = "Reminder"
reminder = "{place} {day} {time}"
day = "{day}"
clock = "{hour}"
halves = ["a", "b"]
weekdays = ["1", "2", "3", "4", "5", "6", "7"]
months = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"]
"""


@pytest.mark.parametrize(
    ("find", "put", "says"),
    [
        (
            "{place} {day}",
            "{place} {name} {day}",
            r"reminder should be a text into which \{day\}, \{place\}, \{time\} are filled",
        ),
        (
            "{place} {day} {time}",
            "{place} {day}",
            r"reminder should be a text into which \{day\}, \{place\}, \{time\} are filled",
        ),
        ('"Reminder"', '"Reminder, {name}"', "subject should be a text in which nothing is filled in"),
        ("{place} {day}", "{place.__class__} {day}", "reminder should be a text into which"),
        ("{place} {day}", "{place} { {day}", "reminder should be a text into which"),
        ('"6", "7"]', '"6"]', "weekdays should be a list of 7 names"),
        ('language = "xx"', "", "language is missing"),
        ('name = "Test"', 'name = "Test"\nnmae = "x"', "nmae is not a key of a text"),
    ],
)
def test_a_text_that_could_say_more_is_refused(find: str, put: str, says: str) -> None:
    assert load(ENGLISH).language == "xx"
    with pytest.raises(PolicyError, match=says):
        load(ENGLISH.replace(find, put, 1))


def test_every_language_of_a_policy_is_one_the_product_can_tell_days_in() -> None:
    assert set(TextLanguage) == set(TEXTS)


def test_a_courts_own_words_take_the_place_of_the_products_in_their_language_alone() -> None:
    own = texts_in_force(ON, [(TextLanguage.SPANISH, "{place}: {day}, {time}.")])
    assert own["es"].reminder_of("Part 12", ON, time(9, 30)) == "Part 12: viernes 4 de diciembre, 9:30 a. m.."
    assert own["en"] == TEXTS["en"]

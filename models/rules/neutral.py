"""Words that would tell somebody who reads along that a message comes from a court, which one, or why.

A message to a participant holds none of them, in whatever words a court writes it. Stems, in small letters; the English
ones are looked for in every language.
"""

from collections.abc import Mapping
from types import MappingProxyType

from models.rules.vocabulary import TextLanguage

#: All that is filled into a reminder: the court's public name, a day and a time. Nothing personal has a place.
TOLD_IN_A_REMINDER = frozenset({"place", "day", "time"})

TELLING: Mapping[TextLanguage, str] = MappingProxyType(
    {
        TextLanguage.ENGLISH: "court judge traffick prostitut victim crim charg case hearing appear arrest warrant police "
        "program attorney lawyer offen sexual diversion docket probation",
        TextLanguage.SPANISH: "corte tribunal juez juzgado juicio trata prostit víctima victima delito delincu crimen cargo "
        "caso audiencia arresto orden policía programa abogad sexo",
        TextLanguage.CHINESE: "法院 法庭 法官 贩 卖淫 受害 罪 指控 案 开庭 出庭 逮捕 警 律师 性 项目",
        TextLanguage.KOREAN: "법원 법정 판사 인신매매 성매매 피해자 범죄 혐의 사건 재판 출석 체포 영장 경찰 변호사 프로그램",
        TextLanguage.PORTUGUESE: "tribunal juiz juíza vara tráfico prostit vítima crime acusa caso processo audiência prisão "
        "mandado polícia advogad programa sexo",
        TextLanguage.RUSSIAN: "суд торговл проститу жертв преступ обвин дело слушан арест ордер полиц адвокат программ секс явк",
    }
)


def telling_word(text: str, language: TextLanguage) -> str | None:
    """Return the first stem in `text` that would tell; None when it is neutral."""
    small, stems = text.casefold(), f"{TELLING[TextLanguage.ENGLISH]} {TELLING[language]}"
    return next((stem for stem in stems.split() if stem in small), None)

"""Invented names by language, as data: given names and family names that are common there, combined at random.

A given name is (as written in Latin letters, as she writes it herself or "", how to say it or ""). No combination is
meant to be anybody.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Names:
    """The names of one language. `family_first`: the script is written family name first, without a space."""

    women: tuple[tuple[str, str, str], ...]
    men: tuple[tuple[str, str, str], ...]
    families: tuple[tuple[str, str], ...]
    weight: int  # how often it is met in this court
    family_first: bool = False
    needs_interpreter: int = 60  # of a hundred


def _plain(names: str) -> tuple[tuple[str, str, str], ...]:
    return tuple((name, "", "") for name in names.split())


def _families(names: str) -> tuple[tuple[str, str], ...]:
    return tuple((name, "") for name in names.split())


LANGUAGES = {
    "English": Names(
        women=_plain("Keisha Ivy Jo Dawn Tasha Renee Brooke Crystal Monique Amber Latoya Paige Shanice Erin Gail Tori"),
        men=_plain("Darnell Casey Andre Kyle Terrence Blake Marcus Devon"),
        families=_families("Barnes Lowell Tate Mercer Hollis Vance Granger Whitlock Pruitt Ames Calloway Denby Ferris"),
        weight=26,
        needs_interpreter=0,
    ),
    "Spanish": Names(
        women=(
            *_plain("Rosa Marisol Yolanda Pilar Luz Carmen Dulce Ximena"),
            ("Inés", "", "ee-NESS"),
            ("Araceli", "", ""),
        ),
        men=_plain("Ernesto Julio Mateo Ramiro Beto"),
        families=_families("Vargas Quintero Maldonado Ibarra Cordero Zapata Lucero Montoya Pineda Salcedo Tovar"),
        weight=20,
    ),
    "Mandarin": Names(
        women=(
            ("Mei", "美", "may"),
            ("Xiulan", "秀兰", "shyoh-lan"),
            ("Yan", "燕", "yen"),
            ("Lihua", "丽华", "lee-hwah"),
            ("Qing", "青", "ching"),
            ("Jing", "静", "jing"),
            ("Fang", "芳", "fahng"),
            ("Xia", "霞", "shyah"),
        ),
        men=(("Wei", "伟", "way"), ("Jun", "军", "joon"), ("Tao", "涛", "taow")),
        families=(
            ("Chen", "陈"),
            ("Liu", "刘"),
            ("Zhao", "赵"),
            ("Huang", "黄"),
            ("Lin", "林"),
            ("Guo", "郭"),
            ("Xu", "许"),
        ),
        weight=16,
        family_first=True,
        needs_interpreter=85,
    ),
    "Korean": Names(
        women=(
            ("Ji-eun", "지은", "jee-un"),
            ("Soo-ah", "수아", "soo-ah"),
            ("Hye-jin", "혜진", "hyeh-jin"),
            ("Mi-kyung", "미경", "mee-kyung"),
            ("Bo-ram", "보람", "boh-rahm"),
        ),
        men=(("Min-jae", "민재", "min-jay"), ("Dong-hyun", "동현", "dong-hyun")),
        families=(("Kim", "김"), ("Seo", "서"), ("Yoon", "윤"), ("Jang", "장"), ("Bae", "배")),
        weight=9,
        family_first=True,
        needs_interpreter=75,
    ),
    "Russian": Names(
        women=(
            ("Natalya", "Наталья", "nah-TAHL-ya"),
            ("Oksana", "Оксана", ""),
            ("Lyudmila", "Людмила", "lyood-MEE-la"),
            ("Vera", "Вера", ""),
            ("Galina", "Галина", ""),
            ("Nadezhda", "Надежда", "na-DYEZH-da"),
        ),
        men=(("Pavel", "Павел", ""), ("Timur", "Тимур", "tee-MOOR")),
        families=(("Sokolova", ""), ("Belova", ""), ("Orlova", ""), ("Gromova", ""), ("Zueva", ""), ("Lebed", "")),
        weight=7,
    ),
    "Thai": Names(
        women=(
            ("Dara", "ดารา", "DAH-rah"),
            ("Malee", "มาลี", "MAH-lee"),
            ("Ploy", "พลอย", ""),
            ("Suda", "สุดา", "SOO-dah"),
            ("Kanya", "กัญญา", "KAHN-yah"),
        ),
        men=(("Somchai", "สมชาย", "SOM-chai"), ("Niran", "นิรันดร์", "NEE-rahn")),
        families=_families("Phanich Thongdee Srisuk Wattana Chaiyo Boonmee"),
        weight=6,
        needs_interpreter=75,
    ),
    "Haitian Creole": Names(
        women=_plain("Widline Fabiola Guerda Mirlande Roseline Nadège Yveline Lovely"),
        men=_plain("Wilner Jocelyn Frantz"),
        families=_families("Desrosiers Charlemagne Belizaire Estime Pierre-Louis Toussainte Cadet Dorvil"),
        weight=6,
    ),
    "Bengali": Names(
        women=(
            ("Shirin", "শিরীন", "shee-REEN"),
            ("Rokeya", "রোকেয়া", "ro-KAY-a"),
            ("Jahanara", "জাহানারা", ""),
            ("Mitu", "মিতু", "MEE-too"),
        ),
        men=(("Rafiq", "রফিক", "rah-FEEK"), ("Habib", "হাবিব", ""), ("Selim", "সেলিম", "")),
        families=_families("Akhtar Sarkar Mridha Talukdar Bepari Molla"),
        weight=5,
        needs_interpreter=70,
    ),
    "Arabic": Names(
        women=(
            ("Maryam", "مريم", "MAR-yam"),
            ("Hana", "هناء", "hah-NAH"),
            ("Salma", "سلمى", "SAL-ma"),
            ("Rim", "ريم", "reem"),
        ),
        men=(("Youssef", "يوسف", "YOO-sef"), ("Karim", "كريم", "kah-REEM")),
        families=_families("Haddad Mansour Kassab Najjar Darwish Saleh"),
        weight=5,
        needs_interpreter=65,
    ),
}

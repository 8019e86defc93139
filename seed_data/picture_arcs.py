"""The people of the anchor's docket who are known by name, each with a situation of their own.

Days are before the anchor, sessions of the court are the main part's: 0 is the anchor's, -4 four sessions earlier.
"""

from dataclasses import dataclass

from models.commands.cases import PersonForm
from seed_data.arcs import Arc, Ending, Placement, Release
from seed_data.cast import HE, SHE, THEY


@dataclass(frozen=True)
class Known:
    """Somebody known by name: who they are, age, the day of opening (before the anchor), and how it goes."""

    person: PersonForm
    years: int
    opened: int
    arc: Arc
    labour: bool = False


def _person(
    name: str,
    script: str = "",
    said: str = "",
    pronouns: str = SHE,
    speaks: str = "",
    needs: bool = False,
    legal: str = "",
    alias: str = "",
) -> PersonForm:
    return PersonForm(
        legal_name=legal or name,
        preferred_name=name,
        preferred_script=script or None,
        pronunciation=said or None,
        pronouns=pronouns,
        public_alias=alias or None,
        languages=(speaks,) if speaks and needs else (speaks, "English") if speaks else ("English",),
        interpreter_language=speaks if needs else None,
    )


_WEEKLY = tuple((day, "a") for day in (-52, -45, -38, -24, -11))

KNOWN = (
    Known(
        _person("Mei Chen", "陈美", "may chen", speaks="Mandarin", needs=True),
        31,
        -70,
        Arc(
            key="mei",
            sessions_on=((-60, "a"), (-56, "a"), (-43, "c"), (-38, "m"), (-22, "a"), (-15, "e"), (-10, "a")),
            courts_on=(-9, -7, -4, 0),
            reports="ttlt",
            happenings=(
                (0, "flag_no_address_aloud"),
                (-58, "legal"),
                (-27, "fares"),
                (-19, "housing_waitlisted"),
                (-30, "immigration_needed"),
                (-26, "team_note"),
                (-12, "reached"),
            ),
        ),
    ),
    Known(
        _person("Lena Kowal", "", "LEH-na"),
        27,
        -75,
        Arc(key="lena", sessions_on=_WEEKLY, courts_on=(-9, -7, -4, 0), happenings=((-40, "job_training"),)),
    ),
    Known(
        _person("Dara Phanich", "ดารา", "DAH-rah", speaks="Thai", needs=True),
        34,
        -34,
        Arc(
            key="dara",
            sessions_on=((-20, "a"),),
            courts_on=(-4, -2, 0),
            reports="ttn",
            happenings=((-30, "health_check"), (-13, "reached")),
        ),
        labour=True,
    ),
    Known(
        _person("Ana Rodrigo", speaks="Spanish", alias="A. R."),
        41,
        -225,
        Arc(key="acd_restored", every_days=7, happenings=((0, "flag_initials_only"), (0, "flag_companion_not_safe"))),
    ),
    Known(
        _person("Rosa Vega", speaks="Spanish", needs=True),
        29,
        -84,
        Arc(
            key="rosa",
            sessions_on=((-66, "a"), (-59, "a"), (-24, "m"), (-17, "m")),
            courts_on=(-10, -8, -4, 0),
            answers=False,
            happenings=((-50, "clothing"), (-14, "not_reached")),
        ),
    ),
    Known(
        _person("Jo Tanner", pronouns=THEY),
        24,
        -120,
        Arc(
            key="jo",
            sessions_on=tuple((day, "a") for day in (-95, -82, -68, -52, -38, -12)),
            courts_on=(-15, -13, -9, -5, 0),
            happenings=((-60, "evening_classes"),),
        ),
    ),
    Known(
        _person("Nadia Sokolova", "Надя", "NAH-dya", speaks="Russian", needs=True),
        38,
        -10,
        Arc(key="nadia", placement=Placement.UNANSWERED, books_interpreter=False, courts_on=(0,)),
    ),
    Known(
        _person("Tam Nguyen", "", "tahm nwin", pronouns=THEY),
        22,
        -80,
        Arc(
            key="tam",
            sessions_on=((-60, "a"), (-46, "a"), (-31, "a")),
            courts_on=(-9, -7, -3, 0),
            release=Release.ENDS,
            reports="tttn",
        ),
    ),
    Known(
        _person("Keisha Brandt"),
        26,
        -62,
        Arc(key="keisha", sessions_on=((-42, "a"), (-34, "a"), (-20, "a")), courts_on=(-7, -5, -2, 0)),
    ),
    Known(
        _person("Ivy Lowe", pronouns=SHE, legal="Ivan Lowe"),
        33,
        -58,
        Arc(
            key="ivy",
            sessions_on=((-40, "a"), (-32, "e"), (-9, "a")),
            courts_on=(-7, -5, -2, 0),
            happenings=((0, "flag_separate_waiting"), (-25, "mental_health")),
        ),
    ),
    Known(
        _person("Marta Gil", speaks="Spanish"),
        45,
        -66,
        Arc(
            key="marta",
            sessions_on=((-44, "a"), (-29, "a")),
            courts="++-+",
            courts_on=(-8, -6, -4, -2, 0),
            answers=False,
            happenings=((0, "flag_no_voicemail"), (-11, "not_reached")),
        ),
        labour=True,
    ),
    Known(
        _person("Hana Barakat", "هناء", "hah-NAH", speaks="Arabic", needs=True),
        36,
        -52,
        Arc(
            key="hana",
            sessions_on=((-33, "a"), (-19, "a")),
            courts_on=(-6, -4, 1),
            ending=Ending.STAYS,
            happenings=((-9, "housing_unanswered"),),
        ),
    ),
    Known(
        _person("Ines Moreira", "", "ee-NESS", pronouns=SHE, speaks="Spanish"),
        19,
        -73,
        Arc(
            key="ines",
            sessions_on=((-48, "a"),),
            courts_on=(-9, -7, -5, 5),
            reports="ttn",
            release=Release.DECLINED,
            happenings=((-30, "reached"),),
        ),
    ),
    Known(
        _person("Rafiq Bepari", "রফিক", "rah-FEEK", pronouns=HE, speaks="Bengali", needs=True),
        30,
        -56,
        Arc(
            key="rafiq",
            sessions_on=((-36, "a"), (-22, "c"), (-15, "c"), (-8, "a")),
            courts_on=(-7, -5, 0),
            reports="tg",
        ),
        labour=True,
    ),
    Known(
        _person("Bo-ram Yoon", "윤보람", "boh-rahm yoon", speaks="Korean", needs=True),
        28,
        -60,
        Arc(key="no_outcome", sessions_on=((-40, "a"), (-26, "a")), courts="++?", courts_on=(-7, -5, -3, -1)),
    ),
    Known(
        _person("Casey Ferrin", pronouns=HE),
        35,
        -45,
        Arc(key="no_outcome", sessions_on=((-30, "a"),), courts="+?", courts_on=(-5, -3, -1)),
        labour=True,
    ),
)

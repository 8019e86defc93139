"""The agencies of the demonstration court and what they offer. Every name is invented.

Places and waits are as of the day the demonstration is told for; the mandated services have room.
"""

from dataclasses import dataclass

from models.rules.vocabulary import ServiceKind

_K = ServiceKind


@dataclass(frozen=True)
class Offer:
    """One service: its name, kind, languages, places now free and wait in days."""

    name: str
    kind: ServiceKind
    languages: tuple[str, ...] = ("English",)
    places: int | None = None
    wait_days: int | None = None


@dataclass(frozen=True)
class Agency:
    """One provider with its services; `substance_use` marks records under 42 CFR Part 2."""

    name: str
    contact: str
    offers: tuple[Offer, ...]
    substance_use: bool = False


GARDEN_STREET = "Garden Street Program"
HARBOR_HOUSE = "Harbor House"
WILLOW = "Willow Counselling Collective"
OPEN_DOOR = "Open Door Youth"

AGENCIES = (
    Agency(
        GARDEN_STREET,
        "intake desk, 555-0101",
        (
            Offer("Trauma-informed counselling", _K.COUNSELLING, ("English", "Spanish", "Mandarin", "Thai"), 14, 3),
            Offer("Case advocacy", _K.ADVOCACY, ("English", "Spanish", "Mandarin"), 8, 0),
            Offer("Bus and metro fares", _K.TRANSPORT, ("English",), 30, 0),
        ),
    ),
    Agency(
        WILLOW,
        "front office, 555-0102",
        (
            Offer(
                "Counselling in six languages", _K.COUNSELLING, ("Korean", "Russian", "Haitian Creole", "Bengali"), 9, 7
            ),
            Offer("Family counselling", _K.FAMILY, ("English", "Spanish", "Bengali"), 4, 14),
        ),
    ),
    Agency(
        HARBOR_HOUSE,
        "night line, 555-0103",
        (
            Offer("Emergency beds", _K.EMERGENCY_HOUSING, ("English", "Spanish"), 2, 0),
            Offer("Transitional rooms", _K.TRANSITIONAL_HOUSING, ("English", "Spanish", "Mandarin"), 0, 45),
            Offer("Help into a home of one's own", _K.PERMANENT_HOUSING, ("English",), 0, 180),
        ),
    ),
    Agency(
        "Lantern Legal Aid",
        "reception, 555-0104",
        (
            Offer("Legal advice", _K.LEGAL, ("English", "Spanish", "Arabic"), 6, 5),
            Offer("Immigration relief", _K.IMMIGRATION, ("English", "Spanish"), 0, 60),
        ),
    ),
    Agency(
        "Riverside Family Health",
        "referral nurse, 555-0105",
        (
            Offer("Health check", _K.MEDICAL, ("English", "Spanish", "Haitian Creole"), 12, 2),
            Offer("Mental health care", _K.MENTAL_HEALTH, ("English", "Russian"), 3, 21),
        ),
    ),
    Agency(
        "New Leaf Recovery",
        "admissions, 555-0106",
        (Offer("Outpatient recovery group", _K.SUBSTANCE_USE, ("English", "Spanish"), 5, 7),),
        substance_use=True,
    ),
    Agency(
        "Bridgework",
        "workshop office, 555-0107",
        (
            Offer("Job training", _K.JOB_TRAINING, ("English", "Spanish"), 10, 14),
            Offer("Evening classes", _K.EDUCATION, ("English",), 20, 10),
            Offer("Budget and life skills", _K.LIFE_SKILLS, ("English", "Bengali"), 6, 7),
            Offer("Emergency grant", _K.MONEY, ("English",), 3, 3),
            Offer("Food and clothing room", _K.FOOD_AND_CLOTHING, ("English", "Spanish"), None, 0),
        ),
    ),
    Agency(
        OPEN_DOOR,
        "drop-in desk, 555-0108",
        (
            Offer("Advocate for young people", _K.ADVOCACY, ("English", "Spanish"), 5, 0),
            Offer("Mentor", _K.MENTORING, ("English", "Spanish", "Haitian Creole"), 7, 10),
            Offer("Interpreter for appointments", _K.INTERPRETATION, ("Mandarin", "Korean", "Arabic"), None, 1),
        ),
    ),
)

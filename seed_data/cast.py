"""Invented people: who comes to the demonstration court, how they are called, and what they are charged with.

Respectful and varied: languages, scripts, ages, genders; sex trafficking and labour trafficking. Nobody here is anybody.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from models.commands.cases import NewCharge, PersonForm
from seed_data.names import LANGUAGES, Names

SHE, HE, THEY = "she/her", "he/him", "they/them"


@dataclass(frozen=True, kw_only=True)
class Character:
    """One invented person, with what the accusatory instrument says of her."""

    person: PersonForm
    charges: tuple[NewCharge, ...]
    labour: bool = False
    minor: bool = False

    @property
    def interpreter(self) -> str | None:
        """The language for which the court needs an interpreter."""
        return self.person.interpreter_language


#: (statute, description, severity): for sex trafficking first, then for labour.
_SEX = (
    ("PL 230.00", "Prostitution", "B misdemeanor"),
    ("PL 230.00", "Prostitution", "B misdemeanor"),
    ("PL 240.35", "Loitering", "violation"),
    ("EDN 6512(1)", "Unlicensed massage practice", "E felony"),
    ("PL 140.05", "Trespass", "violation"),
    ("PL 240.20", "Disorderly conduct", "violation"),
)
_LABOUR = (
    ("PL 155.25", "Petit larceny at a workplace", "A misdemeanor"),
    ("PL 140.10", "Criminal trespass at a work site", "B misdemeanor"),
    ("PL 170.20", "Forged instrument: papers made by an employer", "A misdemeanor"),
    ("AC 20-453", "Unlicensed vending", "A misdemeanor"),
    ("EDN 6512(1)", "Unlicensed massage practice", "E felony"),
)


class Cast:
    """Draws people one after the other from one source of chance; no name is drawn twice."""

    def __init__(self, chance: Random) -> None:
        """Take the source of chance."""
        self._chance = chance
        self._used: set[str] = set()

    def draw(self, incident_on: date, *, minor: bool = False, labour: bool | None = None) -> Character:
        """Return somebody new, of an age on the day of the incident."""
        chance = self._chance
        labour = chance.random() < 0.22 if labour is None else labour
        language = chance.choices(list(LANGUAGES), [names.weight for names in LANGUAGES.values()])[0]
        years = chance.randint(15, 17) if minor else min(18 + int(chance.expovariate(1 / 11)), 58)
        born_on = incident_on - timedelta(days=years * 365 + years // 4 + chance.randint(10, 340))
        person = self._person(LANGUAGES[language], language, labour, born_on, years)
        return Character(person=person, charges=self._charges(labour, incident_on), labour=labour, minor=minor)

    def _person(self, names: Names, language: str, labour: bool, born_on: date, years: int) -> PersonForm:
        chance = self._chance
        draw = chance.random()
        trans = chance.random() < 0.06
        if draw < 0.05:
            pronouns, given = THEY, (*names.women, *names.men)
        elif draw < (0.4 if labour else 0.13):
            pronouns, given = HE, names.men
        else:
            pronouns, given = SHE, names.women
        (called, script, said), (family, family_script) = self._name(given, names)
        legal = called
        if trans:
            legal = chance.choice(names.women if pronouns == HE else names.men)[0]
        written = f"{family_script}{script}" if names.family_first else script
        knows_birthday = chance.random() < 0.9
        needs = chance.randrange(100) < names.needs_interpreter
        return PersonForm(
            legal_name=f"{legal} {family}",
            preferred_name=f"{called} {family}",
            preferred_script=written or None,
            pronunciation=f"{said} {family.lower()}" if said else None,
            pronouns=pronouns,
            date_of_birth=born_on if knows_birthday else None,
            reported_age=None if knows_birthday else years,
            languages=tuple(dict.fromkeys((language, "English") if not needs else (language,))),
            interpreter_language=language if needs else None,
        )

    def _name(
        self, given: tuple[tuple[str, str, str], ...], names: Names
    ) -> tuple[tuple[str, str, str], tuple[str, str]]:
        """Return a given and a family name not met before; once all are met, with a second family name."""
        for _ in range(60):
            first, last = self._chance.choice(given), self._chance.choice(names.families)
            if f"{first[0]} {last[0]}" not in self._used:
                break
        else:
            second = self._chance.choice(names.families)
            last = (f"{last[0]}-{second[0]}", last[1])
        self._used.add(f"{first[0]} {last[0]}")
        return first, last

    def _charges(self, labour: bool, incident_on: date) -> tuple[NewCharge, ...]:
        book = _LABOUR if labour else _SEX
        count = self._chance.choices((1, 2, 3), (72, 22, 6))[0]
        chosen = list(dict.fromkeys(self._chance.choice(book) for _ in range(count)))
        return tuple(
            NewCharge(statute=statute, description=description, severity=severity, offence_on=incident_on)
            for statute, description, severity in chosen
        )

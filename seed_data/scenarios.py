"""Which stories are told: the known people, the running cases and the past ones, each with a person and a first day.

One source of chance for the whole, so that a day and a seed always give the same stories.
"""

from dataclasses import replace
from datetime import date, timedelta
from random import Random

from models.commands.cases import NewCharge
from seed_data.arcs import Arc, Story
from seed_data.cast import Cast, Character
from seed_data.house import MAIN_PART, PARTS
from seed_data.life import weekday
from seed_data.past_arcs import PAST
from seed_data.picture_arcs import KNOWN, Known
from seed_data.running_arcs import RUNNING, SPREAD, Group
from seed_data.ways import WAYS

#: How the parts share the cases, in the order of `house.PARTS`.
SHARES = (50, 22, 28)


def stories(anchor: date, chance: Random, scale: float = 1.0) -> list[Story]:
    """Return every story for an anchor day, in order of opening; `scale` 0.1 tells about a tenth of them."""
    cast = Cast(chance)
    told = [_known(one, anchor) for one in KNOWN]
    for groups, spread in ((RUNNING, SPREAD), (PAST, ())):
        for group in groups:
            told += _group(group, anchor, cast, chance, scale, spread)
    told.sort(key=lambda story: (story.opened_on, story.arc.key, story.character.person.legal_name))
    return _numbered(told, chance)


def _group(
    group: Group, anchor: date, cast: Cast, chance: Random, scale: float, spread: tuple[tuple[int, str], ...]
) -> list[Story]:
    count = max(1, round(group.count * scale))
    first, last = group.opened
    told = []
    for n in range(count):
        # spread evenly over the span, with a little chance
        ago = first + round((last - first) * (n + chance.random()) / count)
        opened_on = weekday(anchor + timedelta(days=ago))
        opened_on -= timedelta(days=3 if opened_on >= anchor else 0)
        arc = group.arc
        if spread:
            extra = tuple(chance.sample(spread, 2))
            arc = replace(arc, happenings=(*arc.happenings, *_fitting(extra, opened_on, anchor, arc)))
        incident_on = opened_on - timedelta(days=chance.randint(1, 9))
        character = cast.draw(incident_on, minor=arc.minor, labour=arc.labour)
        part = chance.choices([name for name, *_ in PARTS], SHARES)[0]
        told.append(Story(arc=arc, character=character, opened_on=opened_on, part=part, docket_number=""))
    return told


def _fitting(
    extra: tuple[tuple[int, str], ...], opened_on: date, anchor: date, arc: Arc
) -> tuple[tuple[int, str], ...]:
    """Leave out what would happen before the opening or after the anchor, and a second way to one kind of service."""
    taken = {_what(name) for _, name in arc.happenings}
    fitting = []
    for day, name in extra:
        if abs(day) < (anchor - opened_on).days and _what(name) not in taken:
            taken.add(_what(name))
            fitting.append((day, name))
    return tuple(fitting)


def _what(happening: str) -> str:
    return WAYS[happening].kind if happening in WAYS else happening


def _known(one: Known, anchor: date) -> Story:
    opened_on = weekday(anchor + timedelta(days=one.opened))
    incident_on = opened_on - timedelta(days=4)
    born_on = incident_on - timedelta(days=one.years * 365 + one.years // 4 + 120)
    charge = (
        NewCharge(statute="PL 155.25", description="Petit larceny at a workplace", severity="A misdemeanor")
        if one.labour
        else NewCharge(statute="PL 230.00", description="Prostitution", severity="B misdemeanor")
    )
    character = Character(
        person=one.person.model_copy(update={"date_of_birth": born_on}),
        charges=(charge.model_copy(update={"offence_on": incident_on}),),
        labour=one.labour,
    )
    return Story(arc=one.arc, character=character, opened_on=opened_on, part=MAIN_PART, docket_number="")


def _numbered(told: list[Story], chance: Random) -> list[Story]:
    """Give docket numbers as the clerk's office does: by year, with gaps for other courts' cases."""
    numbers: dict[int, int] = {}
    numbered = []
    for story in told:
        year = story.opened_on.year
        numbers[year] = numbers.get(year, 100) + chance.randint(4, 31)
        numbered.append(replace(story, docket_number=f"{year}-QN-{numbers[year]:05d}"))
    return numbered

"""How the court responds, in numbers: certainty, swiftness, the balance of incentives and sanctions, leaving the range.

Each number has a written formula, its counts and the cases behind it. It says what was counted and claims no cause; it
is about the court's own answers, and nothing in it is held against a participant. Days are calendar days.
"""

from collections.abc import Iterable, Sequence

from models.rules import words
from models.rules.choices import NOUNS
from models.rules.measured import Behaved, Given, Item, Left, Line, Measures, Share, Spread
from models.rules.responses import FAILURES
from models.rules.vocabulary import Behaviour, ResponseKind


def measures(behaved: Iterable[Behaved], given: Iterable[Given], left: Iterable[Left], goal: int) -> Measures:
    """Return the numbers of a span from its verified failures, its responses, and what was left without one.

    What went well is counted where the policy proposed to answer it: with the incentives given for it and those left.
    """
    responses, ranges = tuple(given), tuple(left)
    everything = (*behaved, *_went_well(responses, ranges))
    known = tuple(one for one in everything if one.open_to_court or one.answered_on)
    kinds = [one.kind for one in responses]
    both: tuple[Behaved | Given, ...] = (*known, *responses)
    return Measures(
        certainty=_certainty(known),
        waiting=len(everything) - len(known),
        swiftness=_swiftness(known),
        waits=tuple(
            (waited(one) if one.answered_on else None, one.behaviour) for one in known if one.behaviour in FAILURES
        ),
        incentives=kinds.count(ResponseKind.INCENTIVE),
        sanctions=kinds.count(ResponseKind.SANCTION),
        goal=goal,
        outside=_outside(responses),
        by_behaviour=tuple(
            _line(NOUNS[one], [b for b in known if b.behaviour is one], [g for g in responses if g.behaviour is one])
            for one in Behaviour
            if any(each.behaviour is one for each in both)
        ),
        by_phase=tuple(
            _line(phase, [b for b in known if b.phase == phase], [g for g in responses if g.phase == phase])
            for phase in dict.fromkeys(one.phase for one in sorted(both, key=lambda one: one.phase))
        ),
        behind=_behind(everything, responses, ranges),
    )


def _went_well(given: Sequence[Given], left: Sequence[Left]) -> list[Behaved]:
    """Return what went well as it was proposed: once for each day in court and behaviour, answered or left."""
    good = {ResponseKind.INCENTIVE}
    answered = {
        (g.case_id, g.behaviour, g.on): g for g in given if g.kind in good and g.behaviour is not Behaviour.OTHER
    }
    of = [
        Behaved(case_id=g.case_id, behaviour=g.behaviour, phase=g.phase, on=g.on, answered_on=g.on)
        for g in answered.values()
    ]
    return of + [
        Behaved(case_id=one.case_id, behaviour=one.behaviour, phase=one.phase, on=one.on, answered_on=None)
        for one in left
        if one.kind in good
    ]


def _line(label: str, behaved: Sequence[Behaved], given: Sequence[Given]) -> Line:
    kinds = [one.kind for one in given]
    return Line(
        label=label,
        certainty=_certainty(behaved),
        swiftness=_swiftness(behaved),
        outside=_outside(given),
        incentives=kinds.count(ResponseKind.INCENTIVE),
        sanctions=kinds.count(ResponseKind.SANCTION),
    )


def _certainty(known: Sequence[Behaved]) -> Share:
    return Share(sum(one.answered_on is not None for one in known), len(known))


def _swiftness(known: Sequence[Behaved]) -> Spread:
    return Spread(tuple(sorted(waited(one) for one in known if one.behaviour in FAILURES and one.answered_on)))


def waited(one: Behaved) -> int:
    """Return the calendar days from a behaviour to its response; 0 on the same day, or without one."""
    return (one.answered_on - one.on).days if one.answered_on else 0


def _outside(given: Sequence[Given]) -> Share:
    return Share(sum(one.outside_reason is not None for one in given), len(given))


def _behind(behaved: Sequence[Behaved], given: Sequence[Given], left: Sequence[Left]) -> dict[str, tuple[Item, ...]]:
    """Return the cases behind each number, the newest first; a list without any is left out."""
    lists = {
        "Answered": [_item(one, _after(one)) for one in behaved if one.answered_on],
        "Not answered": [_item(one, "not answered") for one in behaved if not one.answered_on and one.open_to_court],
        "Waiting for a day in court": [
            _item(one, "not in court since") for one in behaved if not one.answered_on and not one.open_to_court
        ],
        "Incentives": [_gave(one) for one in given if one.kind is ResponseKind.INCENTIVE],
        "Sanctions": [_gave(one) for one in given if one.kind is ResponseKind.SANCTION],
        "Outside the range": [_gave(one) for one in given if one.outside_reason is not None],
        "No response, with a reason": [Item(one.case_id, one.on, NOUNS[one.behaviour], one.reason) for one in left],
    }
    ordered = {name: tuple(sorted(items, key=lambda item: item.on, reverse=True)) for name, items in lists.items()}
    return {name: items for name, items in ordered.items() if items}


def _item(one: Behaved, became: str) -> Item:
    return Item(one.case_id, one.on, f"{NOUNS[one.behaviour]}, {became}")


def _after(one: Behaved) -> str:
    return f"answered after {words.count(waited(one), 'day')}" if waited(one) else "answered the same day"


def _gave(one: Given) -> Item:
    return Item(one.case_id, one.on, f"{one.kind.replace('_', ' ')} for {NOUNS[one.behaviour]}", one.outside_reason)

"""From the table `responses` of a policy file to the ladder of `models.rules.policy`, checked for sense on the way.

Refuses what no court may leave to a system: a goal out of reach answered by a sanction, a proposal of custody.
"""

from models.policies.reading import Table
from models.rules.policy import Ladder, Rung
from models.rules.vocabulary import Behaviour, Magnitude, ResponseKind, ResponseModel

_STEPS = ("first", "second", "third", "further")
_SCOPES = {"same_behaviour": True, "any_behaviour": False}
_WINDOWS = {"days": False, "phase": True}
_GOALS = {"proximal": False, "distal": True}
_MODELS = {model.value: model for model in ResponseModel}
#: The system never proposes what takes liberty; a judge who orders it goes through the gates.
_NEVER_PROPOSED = ("jail", "custody", "detention", "incarcerat", "imprison", "remand")


def ladder(table: Table) -> Ladder:
    """Read whether and how repeats are counted, and the response matrix. PolicyError names the first key that is wrong."""
    matrix = table.tables("matrix")
    read = Ladder(
        same_behaviour_only=_SCOPES[table.one_of("repeat_scope", _SCOPES)],
        window_days=table.whole("repeat_window_days", least=1),
        incentive_goal_per_sanction=table.whole("incentive_goal_per_sanction"),
        rungs=tuple(_rung(rung) for rung in matrix),
        done_when_given=frozenset(table.texts("done_when_given")) if table.has("done_when_given") else frozenset(),
        interval_percent=_percents(table),
        model=_model(table) or ResponseModel.GRADUATED,
        since_phase=table.has("repeat_window") and _WINDOWS[table.one_of("repeat_window", _WINDOWS)],
        magnitudes=_magnitudes(table),
    )
    table.finish()
    _check(table, read)
    for rung, line in zip(read.rungs, matrix, strict=True):
        _check_rising(line, rung, read)
    return read


def _model(table: Table) -> ResponseModel | None:
    return _MODELS[table.one_of("model", _MODELS)] if table.has("model") else None


def _check(table: Table, read: Ladder) -> None:
    """Refuse two lines that say different things of one matter, and words that no line offers."""
    lines = [(rung.behaviour, rung.kind, phase) for rung in read.rungs for phase in rung.phases or ("",)]
    if len(set(lines)) != len(lines):
        table.refuse("matrix", "a list with one line for each behaviour and kind of response, or one for each phase")
    offered = {choice for rung in read.rungs for step in rung.steps for choice in step}
    if read.done_when_given - offered:
        table.refuse("done_when_given", "a list of responses that the matrix offers, in the same words")
    if set(read.interval_percent) - offered:
        table.refuse("changes_review_interval", "tables for responses that the matrix offers, in the same words")
    if set(read.magnitudes) - offered:
        table.refuse("magnitudes", "lists of responses that the matrix offers, in the same words")


def _check_rising(line: Table, rung: Rung, read: Ladder) -> None:
    """Refuse a ladder on which a later step asks for less than an earlier one."""
    order = list(Magnitude)
    ranked = [
        max((order.index(read.magnitudes[c]) for c in s if c in read.magnitudes), default=None) for s in rung.steps
    ]
    known = [rank for rank in ranked if rank is not None]
    if known != sorted(known):
        line.refuse(_STEPS[0], "of no greater magnitude than the steps after it: the range rises, it never falls")


def _magnitudes(table: Table) -> dict[str, Magnitude]:
    """Read how much each response asks or gives; what is not named has no magnitude."""
    if not table.has("magnitudes"):
        return {}
    ranked = table.table("magnitudes")
    named = [(what, one) for one in Magnitude if ranked.has(one.value) for what in ranked.texts(one.value)]
    ranked.finish()
    if len(dict(named)) < len(named):
        table.refuse("magnitudes", "lists with each response in one of them only")
    return dict(named)


def _percents(table: Table) -> dict[str, int]:
    """Read which responses change the review interval, and to how many per cent of it."""
    if not table.has("changes_review_interval"):
        return {}
    changes = table.tables("changes_review_interval")
    percents = {change.text("response"): change.whole("percent", least=1) for change in changes}
    for change in changes:
        change.finish()
    if len(percents) < len(changes):
        table.refuse("changes_review_interval", "one table for each response")
    return percents


def _rung(table: Table) -> Rung:
    """Read one line of the matrix: `range` where history plays no part, or `first`, `second`, `third`, `further`."""
    behaviour = Behaviour(table.one_of("behaviour", {b.value: b for b in Behaviour}))
    kind = ResponseKind(table.one_of("kind", {k.value: k for k in ResponseKind}))
    distal = table.has("goal") and _GOALS[table.one_of("goal", _GOALS)]
    if (distal or behaviour is Behaviour.DISTAL_GOAL) and kind is not ResponseKind.ADJUSTMENT:
        table.refuse("kind", "service_adjustment: a goal out of reach for now is a need, never a reason for a sanction")
    steps = {name: _choices(table, name) for name in ("range", *_STEPS) if table.has(name)}
    names = list(steps)
    if names != ["range"] and (not names or names != list(_STEPS[: len(names)])):
        table.refuse("first", "given before second, third and further, with none left out between; or give range alone")
    rung = Rung(
        behaviour=behaviour,
        kind=kind,
        steps=tuple(steps.values()),
        model=_model(table),
        phases=table.texts("phases") if table.has("phases") else (),
        distal=distal,
    )
    table.finish()
    return rung


def _choices(table: Table, name: str) -> tuple[str, ...]:
    """Read the choices of one step and refuse what only a judge may think of."""
    choices = table.texts(name)
    if any(word in choice.lower() for choice in choices for word in _NEVER_PROPOSED):
        table.refuse(name, "a list without custody: the system never proposes it")
    return choices

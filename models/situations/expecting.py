"""What somebody expects of the answer to a situation, and where the answer is another."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date

from models.policies.reading import Table
from models.rules.vocabulary import Behaviour, ReportStanding, ResponseKind, Standing
from models.situations.answering import Answer
from models.situations.values import a_day, a_word, rows

NONE = "none"
"""What is written where no day is expected: TOML has no word for it."""

_Row = dict[str, object]


def expected(table: Table) -> Mapping[str, object]:
    """Read what is expected, as plain values under the keys of `_ANSWERED`."""
    found: dict[str, object] = {key: read(table, key) for key, (read, _) in _ANSWERED.items() if table.has(key)}
    table.finish()
    return found


def differences(answer: Answer) -> tuple[str, ...]:
    """Say in a sentence each where the answer is not as expected."""
    return tuple(
        said
        for key, wanted in answer.situation.expected.items()
        if (said := _difference(key, wanted, _ANSWERED[key][1](answer))) is not None
    )


def _difference(key: str, wanted: object, got: object) -> str | None:
    if key == "reasons" and isinstance(wanted, tuple) and isinstance(got, tuple):
        missing = [f'"{reason}"' for reason in wanted if reason not in got]
        return f"reasons: nothing in the answer says {' or '.join(missing)}." if missing else None
    if isinstance(wanted, list) and isinstance(got, list) and len(wanted) == len(got):
        holds = all(expected_row.items() <= row.items() for expected_row, row in zip(wanted, got, strict=True))
    else:
        holds = wanted == got
    return None if holds else f"{key}: expected {_plain(wanted)}; the answer is {_plain(got)}."


def _plain(value: object) -> str:
    """Return a value as one would write it in the file."""
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {_plain(one)}" for key, one in value.items()) + " }"
    if isinstance(value, list | tuple):
        return f"[{', '.join(_plain(one) for one in value)}]"
    if isinstance(value, bool):
        return str(value).lower()
    return NONE if value is None else str(value)


def _sentences(answer: Answer) -> Iterator[str]:
    """Yield every reason there is in the answer."""
    yield from (*answer.standing.reasons, *answer.standing.information, *answer.standing.course.reasons)
    for _, report in answer.reports:
        yield from report.reasons
    for proposal in answer.responses:
        yield from proposal.reasons
    if answer.next_review:
        yield from answer.next_review.reasons
    if answer.acd:
        yield from answer.acd.reasons


def _day(table: Table, key: str) -> date | None:
    """Read a civil date, or the word for none."""
    return table.day_or(key, NONE)


def _report(row: Table) -> _Row:
    found: _Row = {"standing": a_word(row, "standing", ReportStanding).value}
    found |= {"provider": row.text("provider")} if row.has("provider") else {}
    found |= {"due_on": a_day(row, "due_on")} if row.has("due_on") else {}
    row.finish()
    return found


def _response(row: Table) -> _Row:
    found: _Row = {"kind": a_word(row, "kind", ResponseKind).value}
    found |= {"behaviour": a_word(row, "behaviour", Behaviour).value} if row.has("behaviour") else {}
    found |= {"step": row.whole("step")} if row.has("step") else {}
    found |= {key: row.texts(key) for key in ("range", "judge_only") if row.has(key)}
    row.finish()
    return found


def _reports_of(answer: Answer) -> list[_Row]:
    return [
        {"standing": report.standing.value, "provider": provider, "due_on": report.inputs.due_on}
        for provider, report in answer.reports
    ]


def _responses_of(answer: Answer) -> list[_Row]:
    return [
        {
            "kind": one.kind.value,
            "behaviour": one.behaviour.value,
            "step": one.step or 0,
            "range": one.options,
            "judge_only": one.judge_only,
        }
        for one in answer.responses
    ]


def _next_on(answer: Answer) -> date | None:
    best = answer.next_review.best if answer.next_review else None
    return best.session.on if best else None


def _conditions(answer: Answer) -> tuple[str, ...]:
    course = answer.standing.course
    return tuple(condition.text for condition in (*course.to_advance, *course.to_complete))


#: What may be expected: how the file says it, and what the answer says.
_ANSWERED: Mapping[str, tuple[Callable[[Table, str], object], Callable[[Answer], object]]] = {
    "standing": (lambda table, key: a_word(table, key, Standing).value, lambda answer: answer.standing.standing.value),
    "headline": (Table.text, lambda answer: answer.standing.headline),
    "reasons": (Table.texts, lambda answer: tuple(_sentences(answer))),
    "can_change_on": (_day, lambda answer: answer.standing.can_change_on),
    "phase": (Table.text, lambda answer: answer.standing.course.phase_name),
    "conditions": (Table.texts, _conditions),
    "may_advance": (Table.flag, lambda answer: answer.standing.course.may_advance),
    "may_complete": (Table.flag, lambda answer: answer.standing.course.may_complete),
    "reports": (lambda table, key: [_report(row) for row in rows(table, key)], _reports_of),
    "responses": (lambda table, key: [_response(row) for row in rows(table, key)], _responses_of),
    "next_on": (_day, _next_on),
    "acd_ends_on": (_day, lambda answer: answer.acd.expires_on if answer.acd else None),
}

"""Situations told in a file and answered by the rules, without a database: to check a policy, or the rules themselves.

A court tells what happened in a case in its own words and may write down what it expects; the form is documented in
`examples.toml`. Nothing here decides: each answer is the rules' own, with its reasons.
"""

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from models import policies
from models.errors import Invalid, PolicyError
from models.policies.reading import in_file
from models.rules.policy import Policy
from models.situations.answering import Answer, answer
from models.situations.expecting import differences
from models.situations.reading import PolicyOn, situation, situations
from models.situations.telling import as_text, as_values

__all__ = ["Answer", "Tried", "answer", "differences", "situation", "situations", "tried"]


@dataclass(frozen=True, kw_only=True)
class Tried:
    """The answers to a file's situations, as text; `holds` where every answer is as expected."""

    text: str
    holds: bool


def tried(file: Path, policy: Path | None = None, *, as_json: bool = False) -> Tried:
    """Answer every situation of a file by the policy file, or by the demonstration policy.

    A given policy is tried whenever it comes into force. Invalid names file, line and key, and what should be there.
    """
    text, policy_on = _text(file), _policy_on(policy)
    try:
        answers = [answer(one) for one in situations(text, policy_on)]
    except PolicyError as error:
        raise Invalid(in_file(file.name, text, error)) from error
    holds = not any(differences(one) for one in answers)
    if as_json:
        told = json.dumps([as_values(one) for one in answers], default=date.isoformat, ensure_ascii=False, indent=2)
    else:
        told = "\n\n".join(as_text(number, one) for number, one in enumerate(answers, start=1))
    return Tried(text=told, holds=holds)


def _policy_on(file: Path | None) -> PolicyOn:
    if file is None:
        return lambda on: policies.policy_in_force("demonstration", on)
    given: Policy = policies.load(_text(file), file.name)
    return lambda _: given


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise Invalid(f"There is no file {file}. Check the path, then try again.") from None
    except (OSError, UnicodeDecodeError):
        raise Invalid(f"{file} cannot be read as text. Give a TOML file in UTF-8 that this account may read.") from None

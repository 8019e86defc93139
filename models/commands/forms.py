"""Forms at the edge: frozen values that are checked once, with one plain sentence for each field that is wrong.

`Form.read` is the way in for what people typed. No sentence repeats what was typed: it may be personal.
"""

from collections.abc import Sequence
from typing import Annotated, Any, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from models.commands.typed import LONGEST_LINE, LONGEST_NAME
from models.errors import Invalid
from models.rules.called import tidy

#: What a person typed on one line: trimmed, single spaces, no invisible controls. An empty optional one is None.
Line = Annotated[str, BeforeValidator(lambda value: tidy(value) if isinstance(value, str) else value)]
Name = Annotated[Line, Field(min_length=1, max_length=LONGEST_NAME)]
_Typed = Annotated[Line, Field(max_length=LONGEST_LINE)]
OptionalLine = Annotated[_Typed | None, AfterValidator(lambda value: value or None)]

#: pydantic's kinds of error in words, after "Field: ".
_WORDS = {
    "missing": "is missing.",
    "string_too_short": "is missing.",
    "string_too_long": "is too long: at most {max_length:,} characters fit.",
    "too_short": "is missing.",
    "too_long": "is too long: at most {max_length:,} characters fit.",  # pydantic's word after a validator of our own
    "enum": "is not one of the choices.",
    "date_type": "is not a date.",
    "date_parsing": "is not a date.",
    "date_from_datetime_parsing": "is not a date.",
    "int_parsing": "is not a whole number.",
    "int_type": "is not a whole number.",
    "uuid_type": "is missing.",
    "uuid_parsing": "is not one of the choices.",
}


class InvalidForm(Invalid):
    """Something in the form is missing or cannot be right. Correct it and save again."""

    def __init__(self, problems: Sequence[tuple[str, str]]) -> None:
        """Take (field, sentence) for everything that is wrong."""
        self.problems = tuple(problems)
        super().__init__(" ".join(dict.fromkeys(sentence for _, sentence in self.problems)))


class Form(BaseModel):
    """What every form shares: frozen, no unknown fields, and nothing typed is ever part of an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    @classmethod
    def read(cls, **values: Any) -> Self:
        """Return the checked form; InvalidForm names every field that is wrong."""
        try:
            return cls(**values)
        except ValidationError as error:
            raise InvalidForm([_sentence(cls, *problem) for problem in _innermost(error)]) from None


def _innermost(error: ValidationError) -> list[tuple[tuple[int | str, ...], str, Any]]:
    """Return (where, kind, context) of each error; a list is not also called short because its entries are wrong."""
    details = error.errors(include_url=False, include_input=False)
    above = {detail["loc"][:depth] for detail in details for depth in range(1, len(detail["loc"]))}
    return [(detail["loc"], detail["type"], detail.get("ctx")) for detail in details if detail["loc"] not in above]


def _sentence(form: type[BaseModel], where: tuple[int | str, ...], kind: str, context: Any) -> tuple[str, str]:
    """Return the field's path and what is wrong with it; a check of our own brings its whole sentence."""
    path = ".".join(map(str, where))
    if kind == "value_error":
        return path, str(context["error"])
    names = [str(part) for part in where if not isinstance(part, int)]
    title = _title(form, names)
    number = next((f" {part + 1}" for part in where if isinstance(part, int)), "")
    said = _WORDS.get(kind, "cannot be right.").format(**(context or {}))
    return path, f"{title}{number} {said}"


def _title(form: type[BaseModel], names: list[str]) -> str:
    """Return the words of the innermost field that is named."""
    field = form.model_fields.get(names[0]) if names else None
    for name in names[1:]:
        inner = _inner(field.annotation) if field else None
        field = inner.model_fields.get(name) if inner else None
    fallback = names[-1].replace("_", " ").capitalize() if names else "The form"
    return (field.title if field else None) or fallback


def _inner(annotation: Any) -> type[BaseModel] | None:
    """Return the form inside an annotation such as `tuple[NewCharge, ...]` or `PersonForm | None`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    parts = getattr(annotation, "__args__", ())
    return next((inner for part in parts if (inner := _inner(part))), None)

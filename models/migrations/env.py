"""Run one migration command on the connection handed in by `models.migrations`. There is no ini file."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlmodel import SQLModel
from sqlmodel.sql import sqltypes

import models.tables  # noqa: F401 - fills the metadata that is compared


def _render(kind: str, item: Any, api: AutogenContext) -> str | Literal[False]:
    """Write SQLModel's own types by their plain name, everything else as Alembic would."""
    if kind == "type" and type(item).__module__ == sqltypes.__name__:
        api.imports.add(f"from {sqltypes.__name__} import {type(item).__name__}")
        return f"{type(item).__name__}()"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    render_as_batch=True,
    render_item=_render,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()

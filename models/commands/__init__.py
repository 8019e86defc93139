"""Writes: (session, actor, ..., *, now) -> load, ask a rule, refuse or change rows, audit; the caller commits."""

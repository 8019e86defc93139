"""The demonstration court's sign-ins: one username for each role, and their password. Refused in every other database.

Nothing else belongs here: the court itself is told by `seed_data`.
"""

NAMES = ("judge", "clerk", "coordinator", "administrator", "evaluator", "auditor")
PASSWORD = "offramp demonstration"  # noqa: S105 - no secret: the sign-in page shows it  # nosec B105

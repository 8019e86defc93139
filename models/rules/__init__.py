"""The court's rules: pure functions from facts, policy and a date to a frozen answer with its reasons.

No clock, database, file or screen in here.
"""

"""Sweeps: what is due up to now, found by SQL for a whole court and kept as follow-ups with their true dates.

Each is one function of an instant; run twice it changes nothing, run late it catches up. None of them commits.
"""

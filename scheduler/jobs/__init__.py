"""The jobs: plain functions of an instant, each one sweep of the court. They hold no timer and no rule.

Every job takes (session, keeper of one court, now in UTC, the last case of the part before or None) and says what it
changed and how far it came. Run twice it changes nothing; run late it catches up.
"""

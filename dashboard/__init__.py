"""The screens and the HTTP routes beside them: what a person in the court sees and does.

Everything true without a screen lives in `models`; nothing here decides a rule or writes SQL.
"""

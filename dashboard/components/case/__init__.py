"""Pieces of the case file: what is known about one case, and the forms by which it grows. None reads the database."""

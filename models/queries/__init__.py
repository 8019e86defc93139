"""Reads: (session, viewer, ...) -> frozen rows, already scoped and masked; one file a screen or question."""

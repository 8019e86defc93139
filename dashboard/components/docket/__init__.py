"""The pieces of the docket: the strip of days, the readiness tiles, the list, printing, and what a clerk changes."""

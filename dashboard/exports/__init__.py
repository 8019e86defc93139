"""What leaves the screen: the printed lists, files and the calendar feed, made from frozen rows.

Rows in, bytes out. Nothing here reads a database, a clock or the screen's state.
"""

"""A court's data as a whole, on its way: into a backup and back, or from one database to another.

`columns` how one value travels, `contents` what a database says and what it is filled with, `files` the one file all of it
stands in, encrypted for the `recovery_key`; `places` where it is put, `restoring` and `moving` what is proved before
it is put there. A row's values are never in a message.
"""

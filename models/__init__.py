"""The court: everything that is true with no screen and no timer.

`rules` decide and know nothing else; `tables` store; `queries` read and `commands` write, both only what `scope` lets
the acting user see; `facts` and `sitting` count for the rules what the tables hold. See ARCHITECTURE.md.
"""

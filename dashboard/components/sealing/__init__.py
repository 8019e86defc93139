"""Sealing on the screen: what is chosen, what it would do, the orders, and who must be told."""

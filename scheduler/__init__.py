"""The process that keeps the dates: it notices what is due and writes it down. It decides nothing."""

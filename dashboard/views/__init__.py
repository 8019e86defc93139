"""One screen a file, each with `render() -> None`; registered in `dashboard/main.py`, never served by file name."""

"""Reading the court's own docket as its system exports it: which column is what, dates, names, rows into cases.

Pure, like every rule: a table of texts in, cases and every problem by its row out. What cannot be read is a problem in
words, never a guess; no sentence repeats what stands in a cell.
"""

"""The demonstration court: invented people and stories, told through the court's own commands."""

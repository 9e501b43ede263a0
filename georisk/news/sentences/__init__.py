"""What stands in a sentence: its clauses, its figures, its dates."""

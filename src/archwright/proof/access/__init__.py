"""The access matrix: a fixture world from the declared rules, asked of a real database."""

"""Query plans: a populated database, the declared queries on it, and what their plans must hold."""

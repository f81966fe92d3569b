"""Turns the difference of two schemas into ordered operations and SQL."""

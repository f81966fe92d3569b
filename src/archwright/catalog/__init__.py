"""Reads and validates packs and archetypes, built-in and installed, through one door."""

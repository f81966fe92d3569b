"""Rules that a Blueprint must satisfy, one family per file."""

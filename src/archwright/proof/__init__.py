"""The gates, one per file."""

"""The Blueprint: the whole application as one typed document."""

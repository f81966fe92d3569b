"""Draws, sounds and encodes the sample clips, pictures and avatars of the packs."""

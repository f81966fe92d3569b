"""What a standing app is to become: wishes in words, the difference, its hazards, its preview."""

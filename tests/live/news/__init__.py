"""What is told at once, over the real gateway."""

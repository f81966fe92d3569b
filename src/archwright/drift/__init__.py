"""Where a live database and an app's files have parted, who is ahead, and both ways back."""

"""What a fake must do as the real thing does: the same cases run on both."""

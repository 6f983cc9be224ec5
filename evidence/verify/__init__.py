"""What can be computed again from the archive alone, compared with what it holds."""

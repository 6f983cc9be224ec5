"""ChatLab JSON and JSON lines."""

"""The case: archive, masking, settings, decisions."""

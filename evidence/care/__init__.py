"""Care of a case: what keeps it whole, private and movable."""

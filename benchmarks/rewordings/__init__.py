"""Ways to write an amount, and what stands around it, that say the same."""

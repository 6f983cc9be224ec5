"""Which accounts may be one actor: signs and their sum, and what a person decided."""

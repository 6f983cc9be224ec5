"""Two exports of one place against each other."""

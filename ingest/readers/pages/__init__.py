"""What readers of saved HTML pages share."""

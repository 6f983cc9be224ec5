"""Single mails."""

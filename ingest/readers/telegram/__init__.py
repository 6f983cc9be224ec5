"""Telegram Desktop: JSON of a chat or a whole account, and HTML pages."""

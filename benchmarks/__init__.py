"""Runnable measurements, side by side with what a user would otherwise pick."""

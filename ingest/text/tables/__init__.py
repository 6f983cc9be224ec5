"""Baked character tables; `bake.py` makes them."""

"""Pictures and files that posts name: told apart by hash, never opened."""

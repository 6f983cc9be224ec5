"""The vault of a case: its originals, encrypted for a key that lies elsewhere."""

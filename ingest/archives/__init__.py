"""Archives as input: told by their first bytes, unpacked under limits into a private folder."""

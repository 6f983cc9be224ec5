"""A recogniser trained on a user's own labelled sentences, as one more voter in extraction."""

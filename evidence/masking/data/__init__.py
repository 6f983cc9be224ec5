"""Tables of the masker: surnames, given-name characters, everyday words, cues."""

"""Normal text with a way back to the text as written, scanning, search folding, numbers."""

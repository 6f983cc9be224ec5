"""One self-contained page: texts with coloured spans, and the reasons behind every value."""

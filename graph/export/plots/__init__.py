"""Pictures as SVG and PNG, drawn by Matplotlib (the extra `plot`)."""

"""Pages, and the script that writes those that are made from the code."""

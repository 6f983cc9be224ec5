"""The `heichan` command, assembled from `commands/`."""

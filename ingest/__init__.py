"""From files to posts, and from posts to records with spans."""

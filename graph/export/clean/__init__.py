"""What leaves, made fit for every format and free of what must not leave."""

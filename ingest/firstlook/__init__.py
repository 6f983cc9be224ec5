"""A first look at unknown material: what an ingest would read of it, with nothing stored."""

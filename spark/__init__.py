"""Beyond one machine: the same reading and the same rows on Apache Spark."""

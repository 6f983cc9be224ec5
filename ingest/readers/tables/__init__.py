"""Tables: CSV, TSV, JSON, Excel and Parquet."""

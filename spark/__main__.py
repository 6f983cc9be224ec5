"""What `spark-submit` is given: the same command."""

from spark.cli import app

if __name__ == "__main__":
    app()

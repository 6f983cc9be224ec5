"""Files of exports: whole, or not there."""

from evidence.files import whole_file

__all__ = ["whole_file"]

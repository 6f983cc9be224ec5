"""Masks victims' identifiers, length for length, before anything is stored."""

from evidence.masking.decide import Context
from evidence.masking.found import MASK, Kind
from evidence.masking.leaks import leaks
from evidence.masking.masker import Identifier, Masked, mask, mask_name

__all__ = ["MASK", "Context", "Identifier", "Kind", "Masked", "leaks", "mask", "mask_name"]

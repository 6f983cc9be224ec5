"""The recogniser itself. Always built here: a configuration from a folder is never run."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

import spacy
from spacy.tokens import Doc

from ingest.training.pieces import Pieces

if TYPE_CHECKING:
    from spacy.language import Language

_WIDTH: Final = 64
_MODEL: Final[dict[str, Any]] = {
    "@architectures": "spacy.TransitionBasedParser.v2",
    "state_type": "ner",
    "extra_state_tokens": False,
    "hidden_width": 64,
    "maxout_pieces": 2,
    "use_upper": True,
    "nO": None,
    "tok2vec": {
        "@architectures": "spacy.HashEmbedCNN.v2",
        "pretrained_vectors": None,
        "width": _WIDTH,
        "depth": 3,
        "embed_size": 2000,
        "window_size": 1,
        "maxout_pieces": 3,
        "subword_features": True,
    },
}


def new_pipeline(labels: Sequence[str]) -> "Language":
    """A recogniser of these labels with untrained weights."""
    nlp = spacy.blank("xx")
    ner = nlp.add_pipe("ner", config={"model": _MODEL})
    for label in sorted(labels):
        ner.add_label(label)  # type: ignore[attr-defined]
    return nlp


def doc_of(nlp: "Language", text: Pieces) -> Doc:
    """The Doc of a text; blanks are no tokens."""
    return Doc(nlp.vocab, words=text.words, spaces=[False] * len(text.words))

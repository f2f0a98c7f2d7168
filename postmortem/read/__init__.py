"""The first floor: a log's bytes become text, and its text a tree of values that know their places."""

from postmortem.read.encoding import MAX_BYTES, decode
from postmortem.read.nodes import Document, Mapping, Node, Scalar, Sequence
from postmortem.read.parsing import read
from postmortem.read.places import locate, span_of

__all__ = [
    "MAX_BYTES",
    "Document",
    "Mapping",
    "Node",
    "Scalar",
    "Sequence",
    "decode",
    "locate",
    "read",
    "span_of",
]

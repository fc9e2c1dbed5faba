"""What somebody hands in as a file: known by how it begins, never by its name."""

import re
from collections.abc import Iterable
from typing import Final

BEGINS: Final = {
    "application/pdf": re.compile(b"%PDF-"),
    "image/png": re.compile(b"\x89PNG\r\n\x1a\n"),
    "image/jpeg": re.compile(b"\xff\xd8\xff"),
    "image/webp": re.compile(b"RIFF.{4}WEBP", re.DOTALL),
}


def kind_of(plain: bytes, kinds: Iterable[str]) -> str:
    """Which of these media types it is by its first bytes; empty where it is none of them.

    >>> kind_of(b"%PDF-1.7", ["image/png", "application/pdf"]), kind_of(b"%PDF-1.7", ["image/png"])
    ('application/pdf', '')
    """
    return next((kind for kind in kinds if BEGINS[kind].match(plain)), "")

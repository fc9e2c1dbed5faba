"""Is a signed document as it was signed, to the last byte, and whose is the signature?"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from io import BytesIO
from typing import NamedTuple

from asn1crypto import x509
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.general import ValueErrorWithMessage
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from evenhand.providers.signing.signer import moment

logging.getLogger("pyhanko").setLevel(logging.CRITICAL)  # an unknown root is an answer, not a fault
logging.getLogger("pyhanko_certvalidator").setLevel(logging.CRITICAL)


class Seal(NamedTuple):
    """What a document's last signature says.

    `intact`: the bytes it covers are unchanged; `whole`: it covers the file to the last byte;
    `trusted`: its certificate leads to one of the roots and may sign; `signer`: whose it is.
    """

    intact: bool
    whole: bool
    trusted: bool
    signer: str

    @property
    def good(self) -> bool:
        """All three."""
        return self.intact and self.whole and self.trusted


NONE = Seal(False, False, False, "")


def verify(pdf: bytes, roots: Sequence[bytes], *, at: int) -> Seal:
    """The last signature of a document, judged at `at` (microseconds UTC) by these roots (DER).

    `NONE` where there is no signature, or no document any more.
    """
    trusted = ValidationContext(
        trust_roots=[x509.Certificate.load(root) for root in roots],
        allow_fetching=False,
        moment=moment(at),
    )
    try:
        found = PdfFileReader(BytesIO(pdf)).embedded_regular_signatures
        if not found:
            return NONE
        status = validate_pdf_signature(found[-1], trusted)
        whole = status.coverage == SignatureCoverageLevel.ENTIRE_FILE
        signer = str(status.signing_cert.subject.native.get("common_name", ""))
        return Seal(status.intact and status.valid, whole, status.bottom_line, signer)
    except (PdfError, ValueErrorWithMessage, ValueError, KeyError, IndexError, TypeError):
        return NONE

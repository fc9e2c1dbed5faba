"""How a key signs a PDF.

PAdES (ETSI EN 319 142-1) baseline B-B, or B-T where a time-stamping authority is asked: SHA-256,
the document's whole bytes covered, no appearance on any page. Imported by whoever signs, as they
sign: the libraries take a quarter of a second to load, which every command would wait for.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from typing import Any, Final

from asn1crypto import keys, x509
from cryptography import x509 as certificates
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko.sign.signers.pdf_signer import PdfSigningSession
from pyhanko.sign.timestamps import TimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

from evenhand.providers.signing.signer import moment

FIELD: Final = "Lender"


def signed(
    pdf: bytes,
    key: ec.EllipticCurvePrivateKey,
    chain: Sequence[certificates.Certificate],
    at: int,
    stamper: TimeStamper | None = None,
) -> bytes:
    """The document signed by the key of the chain's first certificate, as an update appended to it.

    Raises signer.NotStamped where the authority does not answer.
    """
    known = [x509.Certificate.load(each.public_bytes(Encoding.DER)) for each in chain]
    store = SimpleCertificateStore()
    store.register_multiple(known)
    secret = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    signer = signers.SimpleSigner(known[0], keys.PrivateKeyInfo.load(secret), store)
    as_told = signers.PdfSignatureMetadata(
        field_name=FIELD, md_algorithm="sha256", subfilter=fields.SigSeedSubFilter.PADES
    )
    session = _DatedSigner(as_told, signer=signer, timestamper=stamper)
    session.moment = moment(at)
    out = session.sign_pdf(_Update(BytesIO(pdf)))
    return bytes(out.getvalue())


class _Update(IncrementalPdfFileWriter):
    """An update that leaves the document's own dates alone: it was made when it says it was."""

    def _update_meta(self) -> None:
        pass


class _DatedSigner(signers.PdfSigner):
    """A signer whose moment is told to it: the library's own would read the machine's clock."""

    moment: datetime

    def init_signing_session(self, *arguments: Any, **named: Any) -> PdfSigningSession:
        session = super().init_signing_session(*arguments, **named)
        session.system_time = self.moment
        return session

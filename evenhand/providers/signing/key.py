"""The lender's own key: from a PKCS#12 file, or from a PEM key and a PEM chain."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_private_key,
    pkcs12,
)

if TYPE_CHECKING:
    from evenhand.providers.signing.stamp import Authority


class Key:
    """Signs with the key in `pkcs12` (a path), or with `key` and `chain` (paths of PEM files).

    `passphrase` opens the key. `tsa_url`, where given, is a time-stamping authority (RFC 3161)
    asked for each signature, for at most `seconds`. Raises OSError for a file that cannot be read,
    ValueError for a key that may not sign.
    """

    name = "key"

    def __init__(
        self,
        *,
        pkcs12: str = "",
        key: str = "",
        chain: str = "",
        passphrase: str = "",
        tsa_url: str = "",
        seconds: int = 10,
    ) -> None:
        opened = passphrase.encode() or None
        loaded = _from_pkcs12(pkcs12, opened) if pkcs12 else _from_pem(key, chain, opened)
        self._key, self._chain = _fit(*loaded)
        self._stamper = _authority(tsa_url, seconds) if tsa_url else None

    def sign(self, pdf: bytes, *, at: int) -> bytes:
        """The document with the lender's signature, stamped where an authority is named."""
        from evenhand.providers.signing import pades

        return pades.signed(pdf, self._key, self._chain, at, self._stamper)

    def chain(self) -> Sequence[bytes]:
        """The lender's certificate and those above it, in DER."""
        return [each.public_bytes(Encoding.DER) for each in self._chain]


def _authority(url: str, seconds: int) -> Authority:
    from evenhand.providers.signing.stamp import Authority

    return Authority(url, seconds)


def _from_pkcs12(path: str, opened: bytes | None) -> tuple[Any, list[x509.Certificate]]:
    held = pkcs12.load_pkcs12(Path(path).read_bytes(), opened)
    if held.cert is None:
        raise ValueError("pkcs12: no certificate beside the key")
    return held.key, [held.cert.certificate, *(more.certificate for more in held.additional_certs)]


def _from_pem(key: str, chain: str, opened: bytes | None) -> tuple[Any, list[x509.Certificate]]:
    secret = load_pem_private_key(Path(key).read_bytes(), opened)
    return secret, x509.load_pem_x509_certificates(Path(chain).read_bytes())


def _fit(
    key: Any, chain: Sequence[x509.Certificate]
) -> tuple[ec.EllipticCurvePrivateKey, Sequence[x509.Certificate]]:
    """The key and its chain, where the key is EC P-256, the first certificate's, and may sign."""
    curve = getattr(key, "curve", None)
    if not isinstance(key, ec.EllipticCurvePrivateKey) or not isinstance(curve, ec.SECP256R1):
        raise ValueError("the signing key is not EC P-256")
    form = Encoding.DER, PublicFormat.SubjectPublicKeyInfo
    if key.public_key().public_bytes(*form) != chain[0].public_key().public_bytes(*form):
        raise ValueError("the first certificate is not the signing key's")
    try:
        usage = chain[0].extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        raise ValueError("the certificate does not say that its key may sign") from None
    if not (usage.digital_signature and usage.content_commitment):
        raise ValueError("the certificate's key may not sign documents (nonRepudiation)")
    return key, chain

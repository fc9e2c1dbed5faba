"""A made-up certificate authority and a lender's key under it, derived from a secret.

The same secret gives the same key and the same certificates in every process. The names in them
say that this is for show: nobody is bound by such a signature.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import Final, NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

ORDER: Final = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
"""Of the group of P-256 (SEC 2, 2.4.2): a private key is 1 to one less."""
SINCE: Final = datetime(2020, 1, 1, tzinfo=UTC)
UNTIL: Final = datetime(2060, 1, 1, tzinfo=UTC)
ROOT_NAME: Final = "Evenhand demo authority (for show)"
LENDER_NAME: Final = "Evenhand demo lender (for show)"


class Simulator:
    """Signs like a lender, with a key that `secret` makes."""

    name = "simulator"

    def __init__(self, secret: str = "") -> None:
        self._made = _made(secret)

    def sign(self, pdf: bytes, *, at: int) -> bytes:
        """The document with the made-up lender's signature."""
        from evenhand.providers.signing import pades

        return pades.signed(pdf, self._made.key, self._made.chain, at)

    def chain(self) -> Sequence[bytes]:
        """The made-up lender's certificate and its authority's, in DER."""
        return [each.public_bytes(Encoding.DER) for each in self._made.chain]


class Made(NamedTuple):
    """A key and its chain: the signer's certificate first, the root last."""

    key: ec.EllipticCurvePrivateKey
    chain: tuple[x509.Certificate, x509.Certificate]


@lru_cache(8)
def _made(secret: str) -> Made:
    root, lender = _key(secret, "root"), _key(secret, "lender")
    return Made(lender, (_certificate(lender, LENDER_NAME, root), _root(root)))


def _key(secret: str, whose: str) -> ec.EllipticCurvePrivateKey:
    number = int.from_bytes(hashlib.sha512(f"signing {whose} {secret}".encode()).digest(), "big")
    return ec.derive_private_key(number % (ORDER - 1) + 1, ec.SECP256R1())


def _root(key: ec.EllipticCurvePrivateKey) -> x509.Certificate:
    builder = _builder(key, ROOT_NAME).add_extension(x509.BasicConstraints(True, 0), True)
    return _signed(builder.add_extension(_usage(authority=True), True), key)


def _certificate(
    key: ec.EllipticCurvePrivateKey, name: str, root: ec.EllipticCurvePrivateKey
) -> x509.Certificate:
    builder = _builder(key, name).add_extension(x509.BasicConstraints(False, None), True)
    issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(root.public_key())
    builder = builder.add_extension(issuer, False)
    return _signed(builder.add_extension(_usage(authority=False), True), root)


def _builder(key: ec.EllipticCurvePrivateKey, name: str) -> x509.CertificateBuilder:
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    issuer = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, ROOT_NAME)])
    own = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    serial = int.from_bytes(own.digest[:12], "big") or 1
    return x509.CertificateBuilder(
        issuer, subject, key.public_key(), serial, SINCE, UNTIL
    ).add_extension(own, False)


def _usage(*, authority: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not authority,
        content_commitment=not authority,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=authority,
        crl_sign=authority,
        encipher_only=False,
        decipher_only=False,
    )


def _signed(builder: x509.CertificateBuilder, by: ec.EllipticCurvePrivateKey) -> x509.Certificate:
    return builder.sign(by, SHA256(), ecdsa_deterministic=True)

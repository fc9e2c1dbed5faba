"""UnionPay's papers: signing (signMethod 01, RSA), checking what UnionPay signed, and encrypting.

What is signed is the SHA-256, in lower hex, of the fields as `key=value`, sorted by key, joined by
`&`; the signature over that text is RSA with SHA-256, PKCS #1 v1.5, in base64. An answer carries
its signer's certificate; only those the lender was given count.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_pem_private_key

SIGNATURE: Final = "signature"
OPENS, CLOSES = "{[", "}]"


class Papers:
    """Keys and certificates from their PEM files. ValueError where one is not RSA."""

    def __init__(
        self, private_key: str, certificate: str, encrypt_certificate: str, trusted: Sequence[str]
    ) -> None:
        key = load_pem_private_key(Path(private_key).read_bytes(), None)
        if not isinstance(key, RSAPrivateKey):
            raise ValueError("signMethod 01 needs an RSA key")
        self._key = key
        self.certificate_id = str(_certificate(certificate).serial_number)
        encrypting = _certificate(encrypt_certificate)
        self.encrypt_id = str(encrypting.serial_number)
        self._encrypting = _public(encrypting)
        known = [_certificate(path) for path in trusted]
        self._trusted = {one.fingerprint(SHA256()): _public(one) for one in known}

    def signed(self, fields: Mapping[str, str]) -> dict[str, str]:
        """The fields and their signature."""
        proof = self._key.sign(digest(fields), PKCS1v15(), SHA256())
        return {**fields, SIGNATURE: base64.b64encode(proof).decode()}

    def require_signed(self, fields: Mapping[str, str]) -> None:
        """ValueError where the fields are not signed by a certificate the lender was given."""
        try:
            signer = x509.load_pem_x509_certificate(fields["signPubKeyCert"].encode())
            proof = base64.b64decode(fields[SIGNATURE], validate=True)
            key = self._trusted[signer.fingerprint(SHA256())]
            key.verify(proof, digest(fields), PKCS1v15(), SHA256())
        except (KeyError, InvalidSignature) as wrong:
            raise ValueError("not signed by UnionPay") from wrong

    def encrypted(self, text: str) -> str:
        """Text that only UnionPay can read (RSA, PKCS #1 v1.5), in base64."""
        return base64.b64encode(self._encrypting.encrypt(text.encode(), PKCS1v15())).decode()

    def holder_info(self, name: str) -> str:
        """customerInfo of a holder's name; it holds nothing that its rules want encrypted."""
        return base64.b64encode(f"{{customerNm={name}}}".encode()).decode()


def digest(fields: Mapping[str, str]) -> bytes:
    """What is signed: the fields' SHA-256 as lower hex, in ASCII."""
    line = "&".join(f"{key}={fields[key]}" for key in sorted(fields) if key != SIGNATURE)
    return hashlib.sha256(line.encode()).hexdigest().encode()


def fields_of(text: str) -> dict[str, str]:
    """The fields of an answer: `key=value` joined by `&`, as they are, braces holding others.

    >>> fields_of("a=1&b={c=2&d=3}&e=x==")
    {'a': '1', 'b': '{c=2&d=3}', 'e': 'x=='}
    """
    parts, depth, start = [], 0, 0
    for place, letter in enumerate(text):
        depth += (letter in OPENS) - (letter in CLOSES)
        if letter == "&" and depth == 0:
            parts.append(text[start:place])
            start = place + 1
    pairs = [part.partition("=") for part in [*parts, text[start:]] if part]
    return {key: value for key, _, value in pairs}


def _certificate(path: str) -> x509.Certificate:
    return x509.load_pem_x509_certificate(Path(path).read_bytes())


def _public(certificate: x509.Certificate) -> RSAPublicKey:
    key = certificate.public_key()
    if not isinstance(key, RSAPublicKey):
        raise ValueError("UnionPay's certificates are RSA")
    return key

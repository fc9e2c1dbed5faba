"""The lender's signature holds, says what changed, and a key that may not sign is turned away."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import typst
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)

from evenhand.providers.signing import registry, simulator
from evenhand.providers.signing.key import Key
from evenhand.providers.signing.signer import NotStamped
from evenhand.providers.signing.simulator import Simulator
from evenhand.providers.signing.verify import NONE, verify

AT = (date(2026, 11, 24).toordinal() - date(1970, 1, 1).toordinal()) * 86_400_000_000
PASSPHRASE = "made up"


@pytest.fixture(scope="module")
def page() -> bytes:
    written = typst.compile(b"#set document(title: [A page])\nOne page.", format="pdf")
    assert isinstance(written, bytes)
    return written


def test_a_signed_page_is_whole_trusted_and_by_the_lender(page: bytes) -> None:
    signed = Simulator("one").sign(page, at=AT)
    seal = verify(signed, [Simulator("one").chain()[-1]], at=AT)
    assert seal.good and seal.signer == simulator.LENDER_NAME
    assert signed.startswith(page)


def test_the_signature_says_the_houses_moment(page: bytes) -> None:
    added = Simulator("one").sign(page, at=AT)[len(page) :]
    assert re.findall(rb"D:(\d{14})", added.replace(b"\\072", b":")) == [b"20261124000000"]


def test_one_flipped_byte_is_seen(page: bytes) -> None:
    signed = bytearray(Simulator("one").sign(page, at=AT))
    place = signed.index(b"stream") + 12
    signed[place] ^= 1
    assert not verify(bytes(signed), [Simulator("one").chain()[-1]], at=AT).intact


def test_bytes_added_after_the_signature_are_seen(page: bytes) -> None:
    signed = Simulator("one").sign(page, at=AT) + b"\n% more\n"
    assert not verify(signed, [Simulator("one").chain()[-1]], at=AT).good


def test_another_houses_signature_is_not_trusted(page: bytes) -> None:
    seal = verify(Simulator("two").sign(page, at=AT), [Simulator("one").chain()[-1]], at=AT)
    assert seal.intact and not seal.trusted


def test_a_page_without_a_signature_has_none(page: bytes) -> None:
    assert verify(page, [], at=AT) == verify(b"no page", [], at=AT) == NONE


def test_one_secret_gives_one_key_for_ever() -> None:
    simulator._made.cache_clear()
    before = Simulator("one").chain()
    simulator._made.cache_clear()
    assert Simulator("one").chain() == before != Simulator("two").chain()


def test_the_lenders_own_key_from_pkcs12(page: bytes, tmp_path: Path) -> None:
    made = simulator._made("own")
    lock = BestAvailableEncryption(PASSPHRASE.encode())
    held = pkcs12.serialize_key_and_certificates(
        b"l", made.key, made.chain[0], made.chain[1:], lock
    )
    (tmp_path / "lender.p12").write_bytes(held)
    chosen = {"provider": "key", "pkcs12": f"{tmp_path / 'lender.p12'}", "passphrase": PASSPHRASE}
    own = registry.made(chosen)
    assert verify(own.sign(page, at=AT), [own.chain()[-1]], at=AT).good


def test_the_lenders_own_key_from_pem(page: bytes, tmp_path: Path) -> None:
    made = simulator._made("own")
    own = Key(**_pem(tmp_path, made.key, made.chain))
    assert verify(own.sign(page, at=AT), [own.chain()[-1]], at=AT).good


def test_a_key_of_another_certificate_is_refused(tmp_path: Path) -> None:
    files = _pem(tmp_path, simulator._made("one").key, simulator._made("two").chain)
    with pytest.raises(ValueError, match="not the signing key's"):
        Key(**files)


def test_a_key_of_another_curve_is_refused(tmp_path: Path) -> None:
    files = _pem(tmp_path, ec.generate_private_key(ec.SECP384R1()), simulator._made("two").chain)
    with pytest.raises(ValueError, match="not EC P-256"):
        Key(**files)


def test_a_certificate_that_may_not_sign_is_refused(tmp_path: Path) -> None:
    root = simulator._key("one", "root")
    files = _pem(tmp_path, root, simulator._made("one").chain[1:])
    with pytest.raises(ValueError, match="nonRepudiation"):
        Key(**files)


def test_a_misspelt_provider_signs_nothing() -> None:
    with pytest.raises(KeyError):
        registry.made({"provider": "kay"})


def test_a_stamp_that_does_not_come_is_no_signature(page: bytes, tmp_path: Path) -> None:
    made = simulator._made("own")
    nowhere = "http://127.0.0.1:9/stamp"
    own = Key(**_pem(tmp_path, made.key, made.chain), tsa_url=nowhere, seconds=1)
    with pytest.raises(NotStamped):
        own.sign(page, at=AT)


def _pem(
    folder: Path, key: ec.EllipticCurvePrivateKey, chain: tuple[x509.Certificate, ...]
) -> dict[str, Any]:
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (folder / "key.pem").write_bytes(secret)
    (folder / "chain.pem").write_bytes(b"".join(c.public_bytes(Encoding.PEM) for c in chain))
    return {"key": f"{folder / 'key.pem'}", "chain": f"{folder / 'chain.pem'}"}

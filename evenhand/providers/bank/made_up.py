"""A gateway of UnionPay's kind on this machine, checking every signature itself: for tests."""

from __future__ import annotations

import base64
import hashlib
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qsl

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509.oid import NameOID


@dataclass
class Paper:
    """A key and the certificate of it, as files too."""

    key: rsa.RSAPrivateKey
    certificate: x509.Certificate
    key_file: str
    file: str

    @property
    def pem(self) -> str:
        return self.certificate.public_bytes(serialization.Encoding.PEM).decode()


def paper(folder: Path, name: str) -> Paper:
    key = rsa.generate_private_key(public_exponent=65_537, key_size=2_048)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    begins = datetime(2026, 1, 1, tzinfo=UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(begins + timedelta(days=3_650))
        .sign(key, SHA256())
    )
    pem = serialization.Encoding.PEM
    plain = serialization.NoEncryption()
    files = [folder / f"{name}.{end}" for end in ("key", "pem")]
    files[0].write_bytes(key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain))
    files[1].write_bytes(made.public_bytes(pem))
    return Paper(key, made, str(files[0]), str(files[1]))


@dataclass
class Papers:
    """Ours, UnionPay's for signing and for encrypting, and a stranger's."""

    ours: Paper
    theirs: Paper
    encrypting: Paper
    stranger: Paper


class Gateway(ThreadingHTTPServer):
    """Remembers every order it was given and answers as it is told to."""

    def __init__(self, papers: Papers) -> None:
        super().__init__(("127.0.0.1", 0), Door)
        self.papers = papers
        self.signer = papers.theirs
        self.orders: dict[str, dict[str, str]] = {}
        self.answer = "00"
        self.ended = "00"
        self.silent = False

    def handle_error(self, request: object, client_address: object) -> None:
        """Whoever waited for a silent gateway has gone; that is what is tested."""

    def signed(self, fields: dict[str, str]) -> dict[str, str]:
        fields = {**fields, "signPubKeyCert": self.signer.pem}
        proof = self.signer.key.sign(digest(fields), padding.PKCS1v15(), SHA256())
        return {**fields, "signature": base64.b64encode(proof).decode()}


def digest(fields: dict[str, str]) -> bytes:
    """By the gateway's own hand: sorted, joined, SHA-256 as lower hex."""
    names = sorted(name for name in fields if name != "signature")
    line = "&".join(name + "=" + fields[name] for name in names)
    return hashlib.sha256(line.encode("utf-8")).hexdigest().encode("ascii")


class Door(BaseHTTPRequestHandler):
    server: Gateway

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        asked = dict(parse_qsl(body, strict_parsing=True))
        gateway = self.server
        gateway.papers.ours.key.public_key().verify(
            base64.b64decode(asked["signature"]), digest(asked), padding.PKCS1v15(), SHA256()
        )
        assert asked["certId"] == str(gateway.papers.ours.certificate.serial_number)
        if self.path == "/gateway/api/queryTrans.do":
            said = self._queried(asked)
        else:
            gateway.orders.setdefault(asked["orderId"] + asked["txnTime"], asked)
            said = {"respCode": gateway.answer, "orderId": asked["orderId"], "queryId": "Q1"}
        if gateway.silent:
            time.sleep(0.6)
        self.send_response(200)
        self.end_headers()
        fields = gateway.signed(said | {"version": "5.1.0"})
        self.wfile.write("&".join(f"{k}={v}" for k, v in fields.items()).encode())

    def _queried(self, asked: dict[str, str]) -> dict[str, str]:
        order = self.server.orders.get(asked["orderId"] + asked["txnTime"])
        if order is None:
            return {"respCode": "34", "orderId": asked["orderId"]}
        return {
            "respCode": "00",
            "origRespCode": self.server.ended,
            "queryId": "Q1",
            "settleDate": "0303",
        } | {name: order[name] for name in ("orderId", "txnType", "txnAmt", "currencyCode")}

    def log_message(self, *_: object) -> None: ...

"""A time-stamping authority (RFC 3161) over HTTP: says when a signature was made, under its own."""

from __future__ import annotations

import asyncio
import http.client
import urllib.request
from typing import Final

from asn1crypto import tsp
from pyhanko.sign.timestamps import TimeStamper

from evenhand.providers.signing.signer import NotStamped

ASKS: Final = {"Content-Type": "application/timestamp-query"}
ANSWER_MAX: Final = 100_000


class Authority(TimeStamper):
    """Asks at `url`, waiting at most `seconds` for an answer."""

    def __init__(self, url: str, seconds: int) -> None:
        super().__init__()
        if not url.startswith(("https://", "http://")):
            raise ValueError("tsa_url is no address of the web")
        self._url = url
        self._seconds = seconds

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        """The authority's answer. Raises NotStamped where none comes."""
        return await asyncio.to_thread(self._asked, req.dump())

    def _asked(self, question: bytes) -> tsp.TimeStampResp:
        request = urllib.request.Request(self._url, question, ASKS)
        try:
            with urllib.request.urlopen(request, timeout=self._seconds) as answer:
                return tsp.TimeStampResp.load(answer.read(ANSWER_MAX))
        except (OSError, ValueError, http.client.HTTPException) as error:
            raise NotStamped("the time-stamping authority did not answer") from error

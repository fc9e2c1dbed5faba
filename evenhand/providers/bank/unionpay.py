"""The way out over UnionPay's all-channel gateway (银联全渠道), interface version 5.1.0.

Payouts are 代付 (txnType 12, bizType 000401), debits 代收 (txnType 11, bizType 000501), look-ups
交易状态查询 (txnType 00, by orderId and txnTime); amounts in fen, times in Beijing time.

Source: 中国银联《代付产品接口规范》《代收产品接口规范》 and 《平台接入接口规范 第5部分 附录》
(answer codes), open.unionpay.com, as the official samples of acp_sdk 5.1.0 show them: an order
answered 00 is accepted and not yet carried out; 03 04 05 (代付 also 01 12 34 60) are asked again;
what a notice says about money is confirmed by a look-up. UnionPay does not tell of money that comes
in by itself: that is the lender's own bank's to tell.
"""

from __future__ import annotations

import http.client
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Final
from urllib.parse import parse_qsl, urlencode, urlsplit
from zoneinfo import ZoneInfo

from evenhand.providers.bank.message import Answer, Asked, Callback, Order, Receipt, Transfer
from evenhand.providers.bank.unionpay_order import key_of, order_id
from evenhand.providers.bank.unionpay_signing import Papers, fields_of

VERSION: Final = "5.1.0"
CNY: Final = "156"
DONE: Final = ("00", "A6")
"""A6: carried out with a defect that is no matter of ours."""
ASK_AGAIN: Final = ("01", "03", "04", "05", "12", "34", "60")
NO_SUCH: Final = "34"
NEVER_CAME: Final = 2 * 86_400_000_000
"""Microseconds after which an order unknown to a look-up never came: the next day's reconciliation
file would have shown it."""
TOKEN_LENGTH_MIN: Final = 32
BACK: Final = "/gateway/api/backTransReq.do"
QUERY: Final = "/gateway/api/queryTrans.do"
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


class UnionPay:
    """A gateway at `url` (https://gateway.95516.com) for the merchant `merchant`.

    `private_key`, `certificate` (ours), `encrypt_certificate` and `trusted` (UnionPay's, one file
    or more in PEM) are paths. `callback_url` is where it reaches our pages; `token`, 32 letters and
    digits or more, ends that address. `seconds` is how long one answer may take.
    """

    name = "unionpay"

    def __init__(
        self,
        *,
        url: str,
        merchant: str,
        private_key: str,
        certificate: str,
        encrypt_certificate: str,
        trusted: Sequence[str],
        callback_url: str,
        token: str,
        seconds: float = 10.0,
    ) -> None:
        if len(token) < TOKEN_LENGTH_MIN or not (token.isascii() and token.isalnum()):
            raise ValueError(f"token: {TOKEN_LENGTH_MIN} letters and digits or more")
        self.token = token
        self._door = urlsplit(url)
        self._merchant = merchant
        self._papers = Papers(private_key, certificate, encrypt_certificate, trusted)
        self._back_url = f"{callback_url.rstrip('/')}/{token}"
        self._seconds = seconds

    def send(self, order: Order) -> Answer:
        """Give one order. A key given twice is one orderId: the gateway answers the second 12."""
        if order.currency != "CNY":
            return Receipt(order.key, "refused", reason="currency")
        return self._answered(order.key, self._post(BACK, self._ordered(order)))

    def look_up(self, asked: Sequence[Asked]) -> list[Answer]:
        """How each ended, one request each."""
        return [self._looked_up(one) for one in asked]

    def callbacks(self, headers: Mapping[str, str], body: bytes, now: int) -> list[Callback]:
        """A notice proves itself by UnionPay's signature; what it says is confirmed by a look-up.

        ValueError where it is not signed so, or the gateway does not confirm it now.
        """
        told = dict(parse_qsl(body.decode(), keep_blank_values=True, strict_parsing=True))
        self._papers.require_signed(told)
        if told.get("merId") != self._merchant:
            raise ValueError("a notice to another merchant")
        at = _moment(told.get("txnTime", ""))
        found = self._looked_up(Asked(key_of(told.get("orderId", "")), at, now))
        if isinstance(found, Callback):
            return [found]
        raise ValueError("a notice that the gateway does not confirm")

    def _ordered(self, order: Order) -> dict[str, str]:
        out = isinstance(order, Transfer)
        party = order.to if isinstance(order, Transfer) else order.of
        said = self._common("12" if out else "11", "000401" if out else "000501", order.at)
        said |= {
            "orderId": order_id(order.key),
            "currencyCode": CNY,
            "txnAmt": str(order.amount_minor),
            "backUrl": self._back_url,
            "accType": "01",
            "encryptCertId": self._papers.encrypt_id,
            "accNo": self._papers.encrypted(party.number),
            "customerInfo": self._papers.holder_info(party.name),
        }
        return said if isinstance(order, Transfer) else said | {"reqReserved": order.mandate}

    def _looked_up(self, asked: Asked) -> Answer:
        said = self._common("00", "000000", asked.at) | {"orderId": order_id(asked.key)}
        found = self._post(QUERY, said)
        code = found.get("respCode", "")
        if code == "00" and found.get("orderId", said["orderId"]) == said["orderId"]:
            return _ended(asked, found)
        if code == NO_SUCH and asked.now - asked.at > NEVER_CAME:
            return Receipt(asked.key, "refused", reason="never_received")
        return Receipt(asked.key, "unknown", reason=f"unionpay_{code or 'no_answer'}")

    def _common(self, kind: str, business: str, at: int) -> dict[str, str]:
        return {
            "version": VERSION,
            "encoding": "UTF-8",
            "signMethod": "01",
            "certId": self._papers.certificate_id,
            "txnType": kind,
            "txnSubType": "00",
            "bizType": business,
            "accessType": "0",
            "channelType": "07",
            "merId": self._merchant,
            "txnTime": f"{_beijing(at):%Y%m%d%H%M%S}",
        }

    def _answered(self, key: str, found: Mapping[str, str]) -> Answer:
        code = found.get("respCode", "")
        if code in DONE:
            return Receipt(key, "accepted", found.get("queryId", ""))
        if code == "unreachable":
            return Receipt(key, "refused", reason="gateway_unreachable")
        if not code or code in ASK_AGAIN:
            return Receipt(key, "unknown", reason=f"unionpay_{code or 'no_answer'}")
        return Receipt(key, "refused", reason=f"unionpay_{code}")

    def _post(self, path: str, said: dict[str, str]) -> Mapping[str, str]:
        """The signed answer's fields; none where there is no answer that UnionPay has signed."""
        body = urlencode(self._papers.signed(said))
        https = self._door.scheme == "https"
        maker = http.client.HTTPSConnection if https else http.client.HTTPConnection
        line = maker(self._door.hostname or "", self._door.port, timeout=self._seconds)
        try:
            line.connect()
        except OSError:
            return {"respCode": "unreachable"}
        try:
            form = {"Content-Type": "application/x-www-form-urlencoded;charset=UTF-8"}
            line.request("POST", path, body, form)
            answer = line.getresponse()
            if answer.status != http.HTTPStatus.OK:
                return {}
            found = fields_of(answer.read(100_000).decode())
            self._papers.require_signed(found)
            return found
        except (OSError, http.client.HTTPException, ValueError):
            return {}
        finally:
            line.close()


def _ended(asked: Asked, found: Mapping[str, str]) -> Answer:
    code, reference = found.get("origRespCode", ""), found.get("queryId", "")
    if code in ASK_AGAIN or not code:
        return Receipt(asked.key, "accepted", reference)
    out = found.get("txnType") == "12"
    if code in DONE:
        fate = "settled" if out else "debited"
    else:
        fate = "bounced" if out else "debit_refused"
    return Callback(
        fate=fate,  # type: ignore[arg-type]
        key=asked.key,
        reference=reference,
        value_day=_day(asked),
        amount_minor=int(found.get("txnAmt", "0")),
        currency="CNY" if found.get("currencyCode", CNY) == CNY else "",
        reason="" if code in DONE else f"unionpay_{code}",
    )


def _day(asked: Asked) -> date:
    """The day the order was given in Beijing: the account moves then, not on the clearing day."""
    return _beijing(asked.at).date()


def _beijing(at: int) -> datetime:
    return (_EPOCH + timedelta(microseconds=at)).astimezone(ZoneInfo("Asia/Shanghai"))


def _moment(time: str) -> int:
    """A txnTime as microseconds UTC; ValueError where it is none."""
    beijing = datetime.strptime(time, "%Y%m%d%H%M%S").replace(tzinfo=ZoneInfo("Asia/Shanghai"))
    return (beijing - _EPOCH) // timedelta(microseconds=1)

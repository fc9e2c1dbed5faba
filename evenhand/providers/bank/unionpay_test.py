"""The UnionPay adapter against a gateway on this machine that checks every signature by itself."""

from __future__ import annotations

import base64
import threading
from collections.abc import Iterator
from datetime import date
from urllib.parse import urlencode

import pytest
from cryptography.hazmat.primitives.asymmetric import padding

from evenhand.providers.bank.made_up import Gateway, Papers, paper
from evenhand.providers.bank.message import Asked, Callback, Debit, Party, Receipt, Transfer
from evenhand.providers.bank.unionpay import UnionPay
from evenhand.providers.bank.unionpay_order import key_of, order_id

TOKEN = "only4tests" * 4
MING = Party("王明", "6222020200011118888", "工商银行")
AT = 1_772_424_000_000_000  # 2 March 2026, noon in Beijing
DAY = 86_400_000_000


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Papers:
    folder = tmp_path_factory.mktemp("papers")
    return Papers(*(paper(folder, name) for name in ("ours", "theirs", "encrypting", "stranger")))


@pytest.fixture
def gateway(papers: Papers) -> Iterator[Gateway]:
    server = Gateway(papers)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def bank(papers: Papers, port: int) -> UnionPay:
    return UnionPay(
        url=f"http://127.0.0.1:{port}",
        merchant="777290058110097",
        private_key=papers.ours.key_file,
        certificate=papers.ours.file,
        encrypt_certificate=papers.encrypting.file,
        trusted=[papers.theirs.file],
        callback_url="https://evenhand.example/providers/bank",
        token=TOKEN,
        seconds=0.3,
    )


PAYOUT = Transfer("7.3", MING, 1_200_000, "CNY", "disbursal", AT)
DEBIT = Debit("7.9", MING, "7.8", 101_000, "CNY", AT)


def test_a_payout_as_unionpay_wants_it(gateway: Gateway, papers: Papers) -> None:
    answer = bank(papers, gateway.server_port).send(PAYOUT)
    assert answer == Receipt("7.3", "accepted", "Q1")
    (order,) = gateway.orders.values()
    wanted = {
        "version": "5.1.0", "signMethod": "01", "txnType": "12", "txnSubType": "00",
        "bizType": "000401", "merId": "777290058110097", "orderId": "EH0007X003",
        "txnTime": "20260302120000", "txnAmt": "1200000", "currencyCode": "156",
        "backUrl": f"https://evenhand.example/providers/bank/{TOKEN}",
        "encryptCertId": str(papers.encrypting.certificate.serial_number),
    }  # fmt: skip
    assert order.items() >= wanted.items()
    number = papers.encrypting.key.decrypt(base64.b64decode(order["accNo"]), padding.PKCS1v15())
    assert number.decode() == MING.number
    assert base64.b64decode(order["customerInfo"]).decode() == "{customerNm=王明}"


def test_a_debit_names_its_mandate(gateway: Gateway, papers: Papers) -> None:
    bank(papers, gateway.server_port).send(DEBIT)
    (order,) = gateway.orders.values()
    said = (order["txnType"], order["bizType"], order["txnAmt"], order["reqReserved"])
    assert said == ("11", "000501", "101000", "7.8")


@pytest.mark.parametrize(
    ("code", "state"),
    [("00", "accepted"), ("A6", "accepted")]
    + [(code, "unknown") for code in ("03", "04", "05", "01", "12", "34", "60")]
    + [(code, "refused") for code in ("11", "33", "61", "66")],
)
def test_an_answer_code_is_read(gateway: Gateway, papers: Papers, code: str, state: str) -> None:
    gateway.answer = code
    answer = bank(papers, gateway.server_port).send(PAYOUT)
    assert isinstance(answer, Receipt) and answer.state == state


@pytest.mark.parametrize(
    ("order", "code", "fate", "reason"),
    [
        (PAYOUT, "00", "settled", ""),
        (PAYOUT, "61", "bounced", "unionpay_61"),
        (DEBIT, "A6", "debited", ""),
        (DEBIT, "64", "debit_refused", "unionpay_64"),
    ],
)
def test_a_look_up_says_how_it_ended(
    gateway: Gateway, papers: Papers, order: Transfer | Debit, code: str, fate: str, reason: str
) -> None:
    door = bank(papers, gateway.server_port)
    door.send(order)
    gateway.ended = code
    (answer,) = door.look_up([Asked(order.key, AT, AT + DAY)])
    assert answer == Callback(
        fate, order.key, "Q1", date(2026, 3, 2), order.amount_minor, "CNY", reason  # type: ignore[arg-type]
    )  # fmt: skip


def test_what_is_still_under_way_is_asked_again(gateway: Gateway, papers: Papers) -> None:
    door = bank(papers, gateway.server_port)
    door.send(PAYOUT)
    gateway.ended = "05"
    assert door.look_up([Asked("7.3", AT, AT + 9 * DAY)]) == [Receipt("7.3", "accepted", "Q1")]


def test_unknown_to_the_gateway_is_never_received_only_after_two_days(
    gateway: Gateway, papers: Papers
) -> None:
    door = bank(papers, gateway.server_port)
    soon, late = (door.look_up([Asked("7.3", AT, AT + n * DAY + 1)])[0] for n in (1, 2))
    assert isinstance(soon, Receipt) and soon.state == "unknown"
    assert late == Receipt("7.3", "refused", reason="never_received")


def test_an_answer_that_unionpay_has_not_signed_is_none(gateway: Gateway, papers: Papers) -> None:
    gateway.signer = papers.stranger
    answer = bank(papers, gateway.server_port).send(PAYOUT)
    assert isinstance(answer, Receipt) and answer.state == "unknown"


def test_a_silent_gateway_may_have_it_and_one_away_has_not(
    gateway: Gateway, papers: Papers
) -> None:
    gateway.silent = True
    silent, away = bank(papers, gateway.server_port).send(PAYOUT), bank(papers, 1).send(PAYOUT)
    assert isinstance(silent, Receipt) and silent.state == "unknown"
    assert away == Receipt("7.3", "refused", reason="gateway_unreachable")


def test_other_money_than_renminbi_does_not_leave(papers: Papers) -> None:
    euros = Transfer("7.3", MING, 1, "EUR", "disbursal", AT)
    assert bank(papers, 1).send(euros) == Receipt("7.3", "refused", reason="currency")


def notice(gateway: Gateway, **changes: str) -> bytes:
    told = {"merId": "777290058110097", "orderId": "EH0007X003", "txnTime": "20260302120000"}
    return urlencode(gateway.signed(told | {"respCode": "00"} | changes)).encode()


def test_a_notice_is_believed_when_the_gateway_confirms_it(
    gateway: Gateway, papers: Papers
) -> None:
    door = bank(papers, gateway.server_port)
    door.send(PAYOUT)
    (told,) = door.callbacks({}, notice(gateway), AT + DAY)
    assert (told.fate, told.key, told.amount_minor) == ("settled", "7.3", 1_200_000)
    gateway.ended = "05"
    with pytest.raises(ValueError, match="does not confirm"):
        door.callbacks({}, notice(gateway), AT + DAY)


@pytest.mark.parametrize("changes", [{"merId": "1"}, {"orderId": "EH7"}, {"txnTime": "today"}])
def test_a_notice_about_something_else_is_none(
    gateway: Gateway, papers: Papers, changes: dict[str, str]
) -> None:
    with pytest.raises(ValueError):
        bank(papers, gateway.server_port).callbacks({}, notice(gateway, **changes), AT)


def test_a_strangers_or_a_changed_notice_is_refused(gateway: Gateway, papers: Papers) -> None:
    door = bank(papers, gateway.server_port)
    changed = notice(gateway).replace(b"X003", b"X004")
    gateway.signer = papers.stranger
    for body in (changed, notice(gateway), b"a=b"):
        with pytest.raises(ValueError, match="not signed"):
            door.callbacks({}, body, AT)


def test_orders_say_nothing_of_whom_they_are_for() -> None:
    assert "王明" not in repr((PAYOUT, DEBIT)) and "6222" not in repr((PAYOUT, DEBIT))


def test_keys_and_order_numbers_are_one_another() -> None:
    for key in ("7.3", "100001.12", f"{10**18 - 1}.{10**9 - 1}"):
        assert key_of(order_id(key)) == key and 8 <= len(order_id(key)) <= 32


@pytest.mark.parametrize("token", ["", "short", "with/slash" * 4, "密" * 40])
def test_a_weak_token_is_refused(papers: Papers, token: str) -> None:
    with pytest.raises(ValueError, match="token"):
        UnionPay(
            url="http://x", merchant="1", private_key=papers.ours.key_file,
            certificate=papers.ours.file, encrypt_certificate=papers.encrypting.file,
            trusted=[papers.theirs.file], callback_url="http://y", token=token,
        )  # fmt: skip

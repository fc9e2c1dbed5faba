"""Only approved words leave: versions, two hands, and what waits until then."""

from datetime import date

import pytest

from evenhand.ledger import house, streams
from evenhand.ledger.two_hands import TAKEN_BACK, NotAllowed
from evenhand.outbound.contact import made_up, security_code, send, tell, wording, words
from evenhand.outbound.contact.made_up import moment
from evenhand.outbound.contact.wording_rules import faults
from evenhand.providers.sms import simulator

pytestmark = pytest.mark.django_db

D = date(2026, 3, 2)
NOON = moment(D, 12)
MAKER, CHECKER = "staff:11", "staff:12"
NEWS = "sms/news/zh-hans"
OTHER = {"text": "【{lender}】您的账户有新消息，请打开App，或致电{hotline}。核实编号{reference}。"}


def stopped(*keys: str) -> None:
    """These keys have no words in force any more."""
    seq = wording.propose_stop(keys, MAKER, at=NOON)
    wording.approve(seq, CHECKER, at=NOON)


def told(person: int) -> dict[str, list[str]]:
    """What was said, by channel, as the kinds of facts after the intention."""
    found: dict[str, list[str]] = {}
    facts = streams.stream(person)
    for fact in facts:
        if fact.kind == "contact.intended":
            found[fact.body["channel"]] = []
        elif fact.kind.startswith("contact.") and fact.cause:
            first = facts[fact.cause - 1]
            while first.kind != "contact.intended":
                first = facts[first.cause - 1]
            found[first.body["channel"]].append(fact.kind)
    return found


@pytest.fixture
def person() -> int:
    (one,) = made_up.enrol(1, D)
    made_up.go_online([one], D)
    return one


def test_everything_that_ships_is_sound() -> None:
    assert [key for key, said in words.shipped().items() if faults(key, said)] == []


def test_without_approved_words_nothing_leaves_and_it_does_once_they_are(person: int) -> None:
    stopped(NEWS)
    tell.tell(person, "contract_ready", at=NOON, cause=1)
    tally = send.send_due(NOON)
    assert told(person) == {"in_app": ["contact.leaving", "contact.sent"], "sms": []}
    assert tally.set_aside == 1
    made_up.adopt(D)
    send.send_due(NOON + 60_000_000)
    assert told(person)["sms"] == ["contact.leaving", "contact.sent"]


def test_the_leaving_names_the_version_it_left_in(person: int) -> None:
    tell.tell(person, "contract_ready", at=NOON, cause=1)
    send.send_due(NOON)
    keys = {"in_app": "in_app/contract_ready/zh-hans", "sms": NEWS}
    left = [f for f in streams.stream(person) if f.kind == "contact.leaving"]
    assert [f.body["words"] for f in left] == [
        wording.in_force()[keys[f.body["channel"]]].version[:16] for f in left
    ]


def test_own_words_leave_once_another_hand_approves_them(person: int) -> None:
    seq = wording.propose({NEWS: OTHER}, MAKER, at=NOON)
    before = wording.in_force()[NEWS]
    with pytest.raises(NotAllowed, match="own"):
        wording.approve(seq, MAKER, at=NOON)
    assert wording.in_force()[NEWS] == before
    wording.approve(seq, CHECKER, at=NOON)
    assert wording.in_force()[NEWS].version == wording.version_of(NEWS, OTHER) != before.version
    tell.tell(person, "contract_ready", at=NOON, cause=1)
    send.send_due(NOON)
    assert "新消息" in simulator.inbox()[0].text


def test_what_was_declined_or_decided_is_decided() -> None:
    seq = wording.propose({NEWS: OTHER}, MAKER, at=NOON)
    with pytest.raises(NotAllowed, match="own"):
        wording.MATTER.decline(seq, "tone", MAKER, at=NOON)
    wording.MATTER.decline(seq, "tone", CHECKER, at=NOON)
    with pytest.raises(NotAllowed, match="decided"):
        wording.approve(seq, CHECKER, at=NOON)
    again = wording.propose({NEWS: OTHER}, MAKER, at=NOON)
    wording.MATTER.decline(again, TAKEN_BACK, MAKER, at=NOON)
    assert [one.state for one in wording.proposals()[:2]] == ["declined", "declined"]
    assert wording.in_force()[NEWS].fields == words.shipped()[NEWS]


def test_a_release_is_adopted_in_one_act_of_two_hands() -> None:
    stopped(*words.shipped())
    assert wording.missing() == sorted(words.shipped()) and not wording.in_force()
    seq = wording.propose(wording.release(), MAKER, at=NOON)
    assert wording.missing()
    wording.approve(seq, CHECKER, at=NOON)
    assert wording.missing() == [] and wording.release() == {}
    assert len(streams.stream(house.WORDS)) == 6


def test_no_code_goes_out_in_words_nobody_approved() -> None:
    stopped("code/text/en")
    assert security_code.send("13800000000", "en", "register", at=NOON).state == "failed"
    assert security_code.send("13800000000", "zh-hans", "register", at=NOON).state == "sent"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("【{lender}】您欠款了，请致电{hotline}，编号{reference}。", "never"),
        ("【{lender}】您的账户有新消息，请致电{hotline}。", "placeholders"),
        ("【{lender}】请致电{hotline}，编号{reference}。{amount}", "placeholders"),
        ("【{lender}】{hotline.__class__}{reference}", "placeholders"),
        ("【{lender}】{hotline{reference}", "placeholders"),
        ("您好，【{lender}】有新消息，请致电{hotline}，编号{reference}。", "begins"),
        ("【{lender}】今天12点前致电{hotline}，编号{reference}。", "digits"),
        ("【{lender}】不处理就抓你坐牢，请致电{hotline}，编号{reference}。", "guard"),
        ("【{lender}】请致电{hotline}，编号{reference}。" + "好" * 300, "long"),
    ],
)
def test_words_with_a_fault_cannot_be_proposed(text: str, code: str) -> None:
    with pytest.raises(NotAllowed) as refused:
        wording.propose({NEWS: {"text": text}}, MAKER, at=NOON)
    assert code in [fault.code for fault in refused.value.args[1]]


def test_a_message_that_may_be_stopped_has_to_say_how() -> None:
    found = faults("sms/attention/zh-hans", OTHER)
    assert [fault.code for fault in found] == ["says"]
    assert [fault.code for fault in faults(NEWS, OTHER | {"more": ""})] == ["fields"]


def test_words_that_offend_with_their_values_do_not_leave() -> None:
    wording.require_clean("You owe CNY 12.00.", "en", {1200})
    with pytest.raises(wording.Offends, match="misstate_amount"):
        wording.require_clean("You owe CNY 12.00.", "en", {1201})

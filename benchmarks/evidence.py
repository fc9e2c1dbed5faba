"""`make bench-evidence`: the evidence pack of a loan that ran five years, as a file and as a page.

The stream: sixty instalments paid, each with four messages of reminder, and a text a month in the
borrower's own words; the contract and its cost table as PDF. Aim: under five seconds.
"""

import sys
import time
from datetime import date, timedelta

from benchmarks.ground import house, said

MONTHS = 60
MESSAGES = 4
FIRST = date(2021, 3, 1)


def main(months: int = MONTHS) -> None:
    """Makes the stream, then the pack five times; prints sizes and seconds."""
    from evenhand.ledger import streams
    from evenhand.lifecycle.evidence import pack, paper
    from evenhand.outbound.contact.made_up import moment

    person, last = _live(months)
    at = moment(last, 12)
    as_file, as_page, text, page = [], [], "", ""
    for _run in range(5):
        began = time.perf_counter()
        text = pack.as_json(pack.pack(person, at=at))
        as_file.append(time.perf_counter() - began)
        began = time.perf_counter()
        page = paper.paper(pack.pack(person, at=at))
        as_page.append(time.perf_counter() - began)
    print(f"{streams.head(person).seq:,} facts, {len(text):,} bytes, {len(page):,} as a page")
    print(said("as a file", as_file, "seconds"))
    print(said("as a page that proves itself", as_page, "seconds"))


def _live(months: int) -> tuple[int, date]:
    """Somebody who signed, and so many months of a loan; the person and the last day."""
    from evenhand.ledger import made_up, streams
    from evenhand.ledger.facts import Draft
    from evenhand.lifecycle.register import made_up as register
    from evenhand.lifecycle.sign import made_up as sign
    from evenhand.outbound.contact import made_up as contact
    from evenhand.people import persons

    person = register.register(1, at=contact.moment(FIRST, 9))
    (loan,) = contact.lend([person], FIRST, count=months)
    sign.where_to_pay(FIRST)
    signed = sign.approve(person, at=contact.moment(FIRST, 10))
    sign.sign(person, signed, "zh-hans", at=contact.moment(FIRST, 11))
    for month in range(months):
        due = FIRST + timedelta(days=30 * (month + 1))
        for late in range(MESSAGES):
            day = due + timedelta(days=late)
            at, seq = contact.moment(day, 12), streams.head(person).seq
            contact.learn(person, made_up.intended(day, {loan: late}, due, seq), at=at)
            contact.learn(person, made_up.leaving(day, seq + 1), at=at)
            contact.learn(person, made_up.answered(day, seq + 2), at=at)
        text = persons.seal_text(person, "我下周发工资就还，请不要打电话到单位。" * 4).hex()
        spoken = Draft("reply.received", due, "provider", body={"text": text})
        paid = made_up.paid(loan, due + timedelta(days=5), 101_000)
        contact.learn(person, spoken, paid, at=contact.moment(due + timedelta(days=5), 12))
    return person, due + timedelta(days=6)


if __name__ == "__main__":
    with house():
        main(*map(int, sys.argv[1:]))

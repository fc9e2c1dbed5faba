"""The plug board's SQL for replay and demo, named and in one place. It only reads."""

from typing import Final

EMPTY: Final = "select not exists (select from ledger_stream where borrower > 0)"

FACTS: Final = "select coalesce(sum(seq), 0) from ledger_stream"
"""How many facts were ever written: a head's seq counts its stream."""

WAITING: Final = """
    select count(*), coalesce(min(due_at), 0) from contact_outbox
    where leaving = 0 and due_at <= %(last)s
"""

SENT_PER_MONTH: Final = """
    select to_char(day, 'YYYY-MM'), count(*) from ledger_fact
    where kind = 'contact.sent' group by 1 order by 1
"""

OUTCOMES: Final = """
    select kind, count(*) from ledger_fact where kind like 'contact.%' group by 1 order by 1
"""

"""The SQL of "is this really you?" and of numbers that are not the person's."""

from typing import Final

CALLED: Final = """
    select exists (
        select from ledger_contact
        where channel = %(channel)s and leaving > 0
          and at >= timestamptz 'epoch' + %(begins)s * interval '1 microsecond'
          and at < timestamptz 'epoch' + %(ends)s * interval '1 microsecond')
"""

KEEP_BACK: Final = """
    insert into contact_not_mine (number, since)
    select number, %(at)s from unnest(%(numbers)s::bytea[]) as said (number)
    on conflict (number) do nothing
"""

GIVE_FREE: Final = "delete from contact_not_mine where number = any(%(numbers)s)"

KEPT_BACK: Final = "select number from contact_not_mine where number = any(%(numbers)s)"

STANDING: Final = """
    select s.borrower, s.seq, s.address, ledger_micros(s.at) from ledger_state s
    where s.kind = %(kind)s and s.until > '9999-01-01'
    order by s.borrower, s.seq
"""

DISOWNED_SINCE: Final = """
    select count(*) from ledger_state s
    where s.kind = %(kind)s and ledger_micros(s.at) >= %(since)s
"""

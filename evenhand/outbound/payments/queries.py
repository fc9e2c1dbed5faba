"""The room's SQL, named and in one place."""

from typing import Final

PUT: Final = """
    insert into payments_outbox (borrower, seq, part, due_at)
    values (%(borrower)s, %(seq)s, %(part)s, %(due_at)s)
"""

DUE: Final = """
    select distinct on (borrower) borrower, seq from payments_outbox
    where leaving = 0 and part = any(%(parts)s) and due_at <= %(now)s and borrower > %(after)s
    order by borrower, due_at, seq limit %(limit)s
"""
"""One a borrower: what leaves first counts for what is judged next."""

NEXT: Final = """
    select count(*), coalesce(min(case when leaving = 0 then due_at else ask_at end), 0)
    from payments_outbox where case when leaving = 0 then due_at else ask_at end <= %(last)s
"""

PARTS_DUE: Final = """
    select distinct part from payments_outbox where leaving = 0 and due_at <= %(now)s
    union select distinct part from payments_outbox where leaving > 0 and ask_at <= %(now)s
    order by part
"""

HOLD: Final = """
    select leaving from payments_outbox where borrower = %(borrower)s and seq = %(seq)s for update
"""

PUT_OFF: Final = """
    update payments_outbox set due_at = %(due_at)s
    where borrower = %(borrower)s and seq = %(seq)s and leaving = 0
"""

LEAVE: Final = """
    update payments_outbox set leaving = %(leaving)s, leaving_at = %(at)s, ask_at = %(ask_at)s
    where borrower = %(borrower)s and seq = %(seq)s
"""

ASK_AT: Final = """
    update payments_outbox set ask_at = %(ask_at)s
    where borrower = %(borrower)s and leaving = %(leaving)s
"""

END: Final = """
    delete from payments_outbox where borrower = %(borrower)s and seq = %(seq)s returning leaving
"""

LEAVING: Final = """
    select borrower, seq, leaving, leaving_at from payments_outbox
    where leaving > 0 and part = any(%(parts)s) and ask_at <= %(before)s
      and (borrower, seq) > (%(borrower)s, %(seq)s)
    order by borrower, seq limit %(limit)s
"""

UNANSWERED: Final = """
    select borrower, seq, leaving, leaving_at from payments_outbox
    where leaving > 0 and leaving_at <= %(before)s order by leaving_at limit %(limit)s
"""

SEE: Final = """
    insert into payments_seen (digest, borrower, seq) values (%(digest)s, %(borrower)s, %(seq)s)
    on conflict do nothing returning seq
"""

SEEN_AS: Final = "update payments_seen set seq = %(seq)s where digest = %(digest)s"

HOLD_SEEN: Final = "lock table payments_seen in share row exclusive mode"

ALL_SEEN: Final = "select digest, borrower, seq from payments_seen"

CLEAR_SEEN: Final = "delete from payments_seen"

CREDITS: Final = """
    select borrower, seq, body ->> 'provider', body ->> 'reference',
        coalesce(body ->> 'reason', '')
    from ledger_fact
    where amount > 0 and hand = 'provider:bank'
      and (kind = 'suspense.received'
           or (kind = 'payment.received' and body ->> 'channel' = 'transfer'))
"""

OPEN_INTENTIONS: Final = """
    with past as (
        select borrower, coalesce((body ->> 'leaving')::integer, cause) as cause, kind, seq, at
        from {fact}
        where cause > 0 and kind = any(array[
            'transfer.withdrawn', 'transfer.leaving', 'transfer.failed', 'payment.returned',
            'debit.withdrawn', 'debit.leaving', 'debit.failed', 'payment.received',
            'loan.disbursed'])
    )
    select i.borrower, i.seq, %(part)s::smallint as part, (i.body ->> 'due_at')::bigint as due_at,
        coalesce(l.seq, 0) as leaving, coalesce(ledger_micros(l.at), 0) as leaving_at,
        0::bigint as ask_at
    from {fact} i
    left join past l on l.borrower = i.borrower and l.cause = i.seq
        and l.kind in ('transfer.leaving', 'debit.leaving')
    where i.kind in ('transfer.intended', 'debit.intended')
      and not exists (select from past p where p.borrower = i.borrower and p.cause = i.seq
                      and p.kind in ('transfer.withdrawn', 'debit.withdrawn'))
      and not exists (select from past p where p.borrower = l.borrower and p.cause = l.seq
                      and p.kind in ('transfer.failed', 'payment.returned', 'debit.failed',
                                     'payment.received', 'loan.disbursed'))
    order by i.borrower, i.seq
"""
"""What the outbox must hold of a part, from that part's facts; what leaves is asked about at once.
A put-off moment is no fact: it is worked out again when the first one comes."""

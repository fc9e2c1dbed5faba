"""The room's SQL, named and in one place. Every statement takes whole batches."""

from typing import Final

PUT: Final = """
    insert into contact_outbox (borrower, seq, part, due_at)
    select * from unnest(%s::bigint[], %s::integer[], %s::smallint[], %s::bigint[])
"""

DUE: Final = """
    select distinct on (borrower) borrower, seq from contact_outbox
    where leaving = 0 and part = any(%s) and due_at <= %s and borrower > %s
    order by borrower, due_at, seq limit %s
"""
"""One a borrower: what leaves first counts for what is judged next."""

WAITING_OF: Final = """
    select o.borrower, o.seq
    from unnest(%s::bigint[]) as asked (borrower) join contact_outbox o using (borrower)
    where o.leaving = 0 order by o.borrower, o.seq
"""

STILL_WAITING: Final = """
    select o.borrower, o.seq
    from unnest(%s::bigint[], %s::integer[]) as asked (borrower, seq)
    join contact_outbox o using (borrower, seq)
    where o.leaving = 0
"""

PARTS_DUE: Final = """
    select distinct part from contact_outbox where leaving = 0 and due_at <= %s
    union select distinct part from contact_outbox where leaving > 0
    order by part
"""

LEAVE: Final = """
    update contact_outbox o set leaving = new.leaving, leaving_at = %s
    from unnest(%s::bigint[], %s::integer[], %s::integer[]) as new (borrower, seq, leaving)
    where o.borrower = new.borrower and o.seq = new.seq
"""

END: Final = """
    delete from contact_outbox o using unnest(%s::bigint[], %s::integer[]) as gone (borrower, seq)
    where o.borrower = gone.borrower and o.seq = gone.seq
    returning o.borrower, o.seq, o.leaving
"""

LEAVING: Final = """
    select borrower, seq, leaving from contact_outbox
    where leaving > 0 and part = any(%s) and leaving_at <= %s
    order by borrower, seq limit %s
"""

HOLD_PARTS: Final = """
    select p from unnest(%s::integer[]) as p where pg_try_advisory_lock(%s, p)
"""

RELEASE_PARTS: Final = "select pg_advisory_unlock(%s, p) from unnest(%s::integer[]) as p"

CLEAR: Final = "delete from contact_outbox where part = any(%s)"

OPEN_INTENTIONS: Final = """
    with past as (
        select borrower, cause, kind, seq, at from ledger_fact
        where kind = any(array['contact.refused', 'contact.withdrawn', 'contact.leaving',
                               'contact.sent', 'contact.failed', 'contact.unknown'])
          and cause > 0
    )
    select i.borrower, i.seq, (i.body ->> 'due_at')::bigint, coalesce(l.seq, 0),
        coalesce(ledger_micros(l.at), 0)
    from ledger_fact i
    left join past l on l.borrower = i.borrower and l.cause = i.seq and l.kind = 'contact.leaving'
    where i.kind = 'contact.intended'
      and not exists (select from past p where p.borrower = i.borrower and p.cause = i.seq
                      and p.kind in ('contact.refused', 'contact.withdrawn'))
      and not exists (select from past p where p.borrower = l.borrower and p.cause = l.seq
                      and p.kind in ('contact.sent', 'contact.failed', 'contact.unknown'))
"""
"""What the outbox must hold, from the facts alone; hash joins on (borrower, cause)."""

COPY_OUTBOX: Final = """
    copy contact_outbox (borrower, seq, part, due_at, leaving, leaving_at) from stdin
"""

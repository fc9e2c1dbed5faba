"""The room's SQL, named and in one place. Every statement takes whole batches."""

from typing import Final

DUE: Final = """
    select distinct on (borrower) borrower, seq from contact_outbox
    where leaving = 0 and part = any(%(parts)s) and due_at <= %(now)s and borrower > %(after)s
    order by borrower, due_at, seq limit %(limit)s
"""
"""One a borrower: what leaves first counts for what is judged next."""

WAITING_OF: Final = """
    select o.borrower, o.seq
    from unnest(%(borrowers)s) as asked (borrower) join contact_outbox o using (borrower)
    where o.leaving = 0 order by o.borrower, o.seq
"""

STILL_WAITING: Final = """
    select o.borrower, o.seq
    from unnest(%(borrowers)s, %(seqs)s) as asked (borrower, seq)
    join contact_outbox o using (borrower, seq)
    where o.leaving = 0
"""

PARTS_DUE: Final = """
    select distinct part from contact_outbox where leaving = 0 and due_at <= %(now)s
    union select distinct part from contact_outbox where leaving > 0
    order by part
"""

LEAVE: Final = """
    update contact_outbox o set leaving = new.leaving, leaving_at = %(at)s
    from unnest(%(borrowers)s, %(seqs)s, %(leaving)s) as new (borrower, seq, leaving)
    where o.borrower = new.borrower and o.seq = new.seq
"""

END: Final = """
    delete from contact_outbox o
    using unnest(%(borrowers)s, %(seqs)s) as gone (borrower, seq)
    where o.borrower = gone.borrower and o.seq = gone.seq
    returning o.borrower, o.seq, o.leaving
"""

LEAVING: Final = """
    select borrower, seq, leaving from contact_outbox
    where leaving > 0 and part = any(%(parts)s) and leaving_at <= %(before)s
      and (borrower, seq) > (%(borrower)s, %(seq)s)
    order by borrower, seq limit %(limit)s
"""

OPEN_INTENTIONS: Final = """
    with past as (
        select borrower, cause, kind, seq, at from {fact}
        where kind = any(array['contact.refused', 'contact.withdrawn', 'contact.leaving',
                               'contact.sent', 'contact.failed', 'contact.unknown'])
          and cause > 0
    )
    select i.borrower, i.seq, %(part)s::smallint as part, (i.body ->> 'due_at')::bigint as due_at,
        coalesce(l.seq, 0) as leaving, coalesce(ledger_micros(l.at), 0) as leaving_at
    from {fact} i
    left join past l on l.borrower = i.borrower and l.cause = i.seq and l.kind = 'contact.leaving'
    where i.kind = 'contact.intended' and i.body ->> 'channel' <> 'call'
      and not exists (select from past p where p.borrower = i.borrower and p.cause = i.seq
                      and p.kind in ('contact.refused', 'contact.withdrawn'))
      and not exists (select from past p where p.borrower = l.borrower and p.cause = l.seq
                      and p.kind in ('contact.sent', 'contact.failed', 'contact.unknown'))
    order by i.borrower, i.seq
"""
"""What the outbox must hold of a part, from that part's facts; hash joins on (borrower, cause). A
call is dialled by a person: it never waits here."""

CHOSEN: Final = """
    select distinct on (borrower) borrower, f.seq, ledger_micros(f.at), f.body
    from unnest(%(borrowers)s) as asked (borrower) join ledger_fact f using (borrower)
    where f.kind = 'safe_contact.chosen' order by borrower, f.seq desc
"""

IN_APP: Final = """
    select distinct borrower
    from unnest(%(borrowers)s) as asked (borrower) join ledger_fact f using (borrower)
    where f.kind = 'consent.given' and f.body ->> 'purpose' = 'app_terms'
"""

TERMS_TAKEN_BACK: Final = """
    with last as (
        select borrower, max(f.seq) as seq
        from unnest(%(borrowers)s) as asked (borrower) join ledger_fact f using (borrower)
        where f.kind = 'consent.given' and f.body ->> 'purpose' = 'app_terms'
        group by borrower)
    select borrower from last where exists (
        select from ledger_fact w where w.borrower = last.borrower and w.seq > last.seq
            and w.cause = last.seq and w.kind = 'consent.withdrawn')
"""

UNREAD: Final = """
    select count(*) from ledger_contact c
    where c.borrower = %(person)s and c.channel = %(channel)s and c.stage = %(stage)s
      and ledger_micros(c.at) > coalesce(
          (select r.until from contact_read r where r.person = %(person)s), 0)
"""

READ_UNTIL: Final = "select until from contact_read where person = %(person)s"

READ: Final = """
    insert into contact_read as old (person, until) values (%(person)s, %(until)s)
    on conflict (person) do update set until = greatest(old.until, excluded.until)
"""

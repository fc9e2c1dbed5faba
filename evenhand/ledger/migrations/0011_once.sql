-- A contact leaves once, as it was intended, judged by all the law in force, at a head others could
-- read; and nothing was sent that did not leave.

-- The law this house works under, by the hash of each of its packs: the last line is in force.
-- Written by `evenhand migrate`, from the settings, as the owner.
create table ledger_law (
    n integer generated always as identity primary key,
    packs jsonb not null check (jsonb_typeof(packs) = 'object' and packs <> '{}')
);

create function ledger_law_kept() returns trigger language plpgsql as $$
begin
    if exists (
        select from jsonb_each_text(new.packs) as named
        where not exists (
            select from public.ledger_pack kept
            where kept.pack = named.key and kept.sha256 = named.value
        )
    ) then
        raise exception 'a pack of law that is not kept cannot be in force'
            using errcode = 'integrity_constraint_violation';
    end if;
    return new;
end $$;
create trigger ledger_law_kept before insert on ledger_law
    for each row execute function ledger_law_kept();
create trigger ledger_law_stays before update or delete or truncate on ledger_law
    for each statement execute function ledger_pack_stays();

revoke all on ledger_law from evenhand_serving;
grant select on ledger_law to evenhand_serving;

-- Why a fact about a contact may not be written; null where it may. Made once for each part of the
-- facts and reading that part alone: one table is found by its key in a tenth of the time.
do $$
declare
    part text;
    parts text := '';
begin
    for part in select 'p' || lpad(n::text, 2, '0') from generate_series(0, 31) as n loop
        parts := parts || format(' when %L then public.ledger_contact_why_%s(new.borrower, new.seq,
            new.kind, new.cause, new.at, new.body)', 'ledger_fact_' || part, part);
        execute replace($why$
create function ledger_contact_why_p00(
    of_borrower bigint, at_seq integer, its_kind text, its_cause integer, its_at timestamptz,
    its_body jsonb
) returns text language plpgsql as $body$
declare
    judged integer := (its_body ->> 'judged_seq')::integer;
    law jsonb;
    steps integer;
    own xid;
    begun record;
begin
    if its_kind not in ('contact.intended', 'contact.leaving') then
        -- What came of a contact: it left.
        if exists (
            select from public.ledger_fact_p00
            where borrower = of_borrower and seq = its_cause and kind = 'contact.leaving'
        ) then
            return null;
        end if;
        return format('nothing left at %s', its_cause);
    end if;

    if judged is null or judged >= at_seq then
        return 'it was judged at no head before it';
    elsif its_body -> 'verdict' -> 'allowed' is distinct from '1' then
        return 'its verdict does not allow it';
    end if;

    -- What was judged at one head and written in one breath counts as one step; everything else
    -- between the head and the fact undoes the judgement. A leaving was judged at a head that stood
    -- before its own transaction: who writes a complaint and lets something leave with it has not
    -- had it judged. An intention may be: what a fact sets off is asked for beside it, and judged
    -- again before it leaves.
    select xmin into own from public.ledger_fact_p00 where borrower = of_borrower and seq = at_seq;
    select count(*) into steps from public.ledger_fact_p00
    where borrower = of_borrower and seq >= judged and seq < at_seq
        and case
            when seq = judged then its_kind = 'contact.intended' or xmin <> own
                or kind in ('contact.intended', 'contact.refused')
            else xmin = own and kind in ('contact.intended', 'contact.refused')
        end;
    if steps < at_seq - judged then
        return format('it was judged at %s, and more was learnt since', judged);
    end if;

    if its_kind = 'contact.leaving' then
        -- One look from the intention on: there, not ended, and left as and when it was intended.
        select count(*) filter (where seq = its_cause and kind = 'contact.intended') as meant,
            count(*) filter (where cause = its_cause
                and kind in ('contact.leaving', 'contact.refused', 'contact.withdrawn')) as ended,
            count(*) filter (where seq = its_cause
                and body -> 'channel' = its_body -> 'channel'
                and body -> 'address' = its_body -> 'address') as same,
            count(*) filter (where seq = its_cause
                and (body ->> 'due_at')::bigint > public.ledger_micros(its_at)) as early
        into begun from public.ledger_fact_p00
        where borrower = of_borrower and seq >= its_cause and seq < at_seq;
        if begun.meant = 0 then
            return format('nothing was intended at %s', its_cause);
        elsif begun.ended > 0 then
            return format('what was intended at %s has ended', its_cause);
        elsif begun.same = 0 then
            return 'it goes another way than was intended';
        elsif begun.early > 0 then
            return 'it is not due yet';
        end if;
    end if;

    select packs into law from public.ledger_law order by n desc limit 1;
    if law is null or law is distinct from its_body -> 'packs' then
        if coalesce(its_body -> 'packs', '{}') = '{}' or exists (
            select from jsonb_each_text(its_body -> 'packs') as named
            where not exists (
                select from public.ledger_pack kept
                where kept.pack = named.key and kept.sha256 = named.value
            )
        ) then
            return 'it names a pack of law that is not kept';
        end if;
        return 'it was not judged by the packs of law in force';
    end if;
    return null;
end $body$
        $why$, 'p00', part);
    end loop;

    execute replace($judged$
create or replace function ledger_contact_judged() returns trigger language plpgsql as $body$
declare
    why text := case tg_table_name %parts% else 'its table is no part of the facts' end;
begin
    if why is not null then
        raise exception '% %.% may not be written: %', new.kind, new.borrower, new.seq, why
            using errcode = 'integrity_constraint_violation';
    end if;
    return null;
end $body$
    $judged$, '%parts%', parts);
end $$;

-- `contact.unknown` and `contact.failed` are answers too: they say that something had left.
drop trigger ledger_contact_judged on ledger_fact;
create trigger ledger_contact_judged after insert on ledger_fact
    for each row when (new.kind in ('contact.intended', 'contact.leaving', 'contact.sent',
        'contact.failed', 'contact.unknown'))
    execute function ledger_contact_judged();

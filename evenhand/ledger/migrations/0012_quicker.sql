-- The same guard of contacts, asking less: nearly always the head is the fact right before, often the
-- intention itself, and is read once.
do $$
declare
    part text;
begin
    for part in select 'p' || lpad(n::text, 2, '0') from generate_series(0, 31) as n loop
        execute replace($why$
create or replace function ledger_contact_why_p00(
    of_borrower bigint, at_seq integer, its_kind text, its_cause integer, its_at timestamptz,
    its_body jsonb
) returns text language plpgsql as $body$
declare
    judged integer := (its_body ->> 'judged_seq')::integer;
    law jsonb;
    steps integer;
    own xid;
    head record;
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
    if judged = at_seq - 1 then
        select xmin as born, kind, body into head from public.ledger_fact_p00
        where borrower = of_borrower and seq = judged;
        if not found then
            steps := 0;
        elsif its_kind = 'contact.intended'
            or head.kind in ('contact.intended', 'contact.refused') then
            steps := 1;
        else
            select xmin into own from public.ledger_fact_p00
            where borrower = of_borrower and seq = at_seq;
            steps := (head.born <> own)::integer;
        end if;
    else
        select xmin into own from public.ledger_fact_p00
        where borrower = of_borrower and seq = at_seq;
        select count(*) into steps from public.ledger_fact_p00
        where borrower = of_borrower and seq >= judged and seq < at_seq
            and case
                when seq = judged then its_kind = 'contact.intended' or xmin <> own
                    or kind in ('contact.intended', 'contact.refused')
                else xmin = own and kind in ('contact.intended', 'contact.refused')
            end;
    end if;
    if steps is null or steps < at_seq - judged then
        return format('it was judged at %s, and more was learnt since', judged);
    end if;

    if its_kind = 'contact.leaving' then
        -- What it leaves from: there, not ended, and left as and when it was intended.
        if its_cause = judged and judged = at_seq - 1 then
            begun := head;
        else
            select xmin as born, kind, body into begun from public.ledger_fact_p00
            where borrower = of_borrower and seq = its_cause and seq < at_seq;
        end if;
        if begun.kind is distinct from 'contact.intended' then
            return format('nothing was intended at %s', its_cause);
        elsif its_cause < at_seq - 1 and exists (
            select from public.ledger_fact_p00
            where borrower = of_borrower and seq > its_cause and seq < at_seq
                and cause = its_cause
                and kind in ('contact.leaving', 'contact.refused', 'contact.withdrawn')
        ) then
            return format('what was intended at %s has ended', its_cause);
        elsif (begun.body -> 'channel' = its_body -> 'channel'
            and begun.body -> 'address' = its_body -> 'address') is not true then
            return 'it goes another way than was intended';
        elsif (begun.body ->> 'due_at')::bigint > public.ledger_micros(its_at) then
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
end $$;

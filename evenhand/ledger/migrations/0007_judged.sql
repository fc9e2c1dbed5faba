-- No contact is written that was not judged: the same for whoever writes, by whatever way.

-- The packs of law this house has ever been given, with their text: written by `evenhand migrate`.
create table ledger_pack (
    pack text not null,
    sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
    text text not null,
    n bigint generated always as identity,
    primary key (pack, sha256),
    check (sha256 = encode(sha256(convert_to(text, 'UTF8')), 'hex'))
);

create function ledger_pack_stays() returns trigger language plpgsql as $$
begin
    raise exception 'a pack of law is never changed or taken away: % refused', tg_op
        using errcode = 'integrity_constraint_violation';
end $$;
create trigger ledger_pack_stays before update or delete or truncate on ledger_pack
    for each statement execute function ledger_pack_stays();

-- Whoever serves reads them; only the owner keeps a new one.
revoke all on ledger_pack from evenhand_serving;
grant select on ledger_pack to evenhand_serving;

-- Names are written with their schema: a caller's own search path changes nothing.
create function ledger_contact_judged() returns trigger language plpgsql as $$
declare
    judged integer := (new.body ->> 'judged_seq')::integer;
    why text;
begin
    -- Each query stands in a branch of its own: one that is not reached costs nothing.
    if judged is null or judged >= new.seq then
        why := 'it was judged at no head before it';
    elsif new.kind = 'contact.intended'
        and new.body -> 'verdict' -> 'allowed' is distinct from '1' then
        why := 'its verdict does not allow it';
    end if;
    if judged < new.seq - 1 then
        -- What was judged at one head is written in one breath: only such facts may lie between.
        if new.seq - 1 - judged > (
            select count(*) from public.ledger_fact said
            where said.borrower = new.borrower and said.seq > judged and said.seq < new.seq
                and said.kind in ('contact.intended', 'contact.refused')
                and said.xmin = (select own.xmin from public.ledger_fact own
                    where own.borrower = new.borrower and own.seq = new.seq)
        ) then
            why := format('it was judged at %s, and more was learnt since', judged);
        end if;
    end if;
    if new.kind = 'contact.leaving' then
        if not exists (
            select from public.ledger_fact
            where borrower = new.borrower and seq = new.cause and kind = 'contact.intended'
        ) then
            why := coalesce(why, format('nothing was intended at %s', new.cause));
        end if;
    end if;
    if coalesce(new.body -> 'packs', '{}') = '{}' then
        why := coalesce(why, 'it names a pack of law that is not kept');
    elsif exists (
        select from jsonb_each_text(new.body -> 'packs') as named
        where not exists (
            select from public.ledger_pack kept
            where kept.pack = named.key and kept.sha256 = named.value
        )
    ) then
        why := coalesce(why, 'it names a pack of law that is not kept');
    end if;
    if why is not null then
        raise exception '% %.% may not be written: %', new.kind, new.borrower, new.seq, why
            using errcode = 'integrity_constraint_violation';
    end if;
    return null;
end $$;

-- After the row, and only for these: the condition is weighed without a call, a COPY stays a COPY.
create trigger ledger_contact_judged after insert on ledger_fact
    for each row when (new.kind in ('contact.intended', 'contact.leaving'))
    execute function ledger_contact_judged();

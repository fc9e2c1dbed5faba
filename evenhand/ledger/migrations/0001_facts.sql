-- Streams and facts, hash-partitioned by borrower in 32 parts.

-- A moment as the house counts it: microseconds since 1970, UTC; exact.
create function ledger_micros(at timestamptz) returns bigint
    language sql immutable strict parallel safe
    return (extract(epoch from at) * 1000000)::bigint;

create table ledger_stream (
    borrower bigint not null primary key,
    seq integer not null check (seq > 0),
    at timestamptz not null,
    link bytea not null check (octet_length(link) = 32)
) partition by hash (borrower);

create table ledger_fact (
    borrower bigint not null,
    seq integer not null check (seq > 0),
    loan bigint not null,
    day date not null,
    at timestamptz not null,
    kind text not null,
    amount bigint not null,
    cause integer not null check (cause >= 0 and cause < seq),
    hand text not null,
    body jsonb not null,
    link bytea not null check (octet_length(link) = 32),
    primary key (borrower, seq)
) partition by hash (borrower);

do $$
begin
    for part in 0..31 loop
        execute format('create table ledger_stream_p%s partition of ledger_stream
            for values with (modulus 32, remainder %s) with (fillfactor = 70)',
            lpad(part::text, 2, '0'), part);
        execute format('create table ledger_fact_p%s partition of ledger_fact
            for values with (modulus 32, remainder %s)', lpad(part::text, 2, '0'), part);
    end loop;
end $$;

-- Money is read far more often than the rest of a stream, and is a small part of it.
create index ledger_fact_money on ledger_fact (borrower, seq)
    include (loan, day, amount, cause, kind) where amount <> 0;

create function ledger_fact_stays() returns trigger language plpgsql as $$
begin
    raise exception 'a fact is never changed or taken away: % refused', tg_op
        using errcode = 'integrity_constraint_violation';
end $$;

-- A row trigger on the parent reaches every part; a truncate trigger does not, so each has its own.
create trigger ledger_fact_row_stays before update or delete on ledger_fact
    for each row execute function ledger_fact_stays();
create trigger ledger_fact_table_stays before truncate on ledger_fact
    for each statement execute function ledger_fact_stays();
do $$
begin
    for part in 0..31 loop
        execute format('create trigger ledger_fact_table_stays before truncate on ledger_fact_p%s
            for each statement execute function ledger_fact_stays()', lpad(part::text, 2, '0'));
    end loop;
end $$;

do $$
declare
    name text;
begin
    for name in select c.oid::regclass::text from pg_class c
        where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace
        and (c.relname ~ '^ledger_fact(_p\d\d)?$' or c.relname ~ '^ledger_stream(_p\d\d)?$')
    loop
        execute format('revoke all on %s from evenhand_serving', name);
        execute format('grant select, insert on %s to evenhand_serving', name);
        if name ~ '^ledger_stream' then
            execute format('grant update on %s to evenhand_serving', name);
        end if;
    end loop;
end $$;

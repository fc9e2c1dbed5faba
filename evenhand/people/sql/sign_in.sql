-- How a borrower signs in, and what is known of a sealed item without opening it. Hash-partitioned
-- by person in 32 parts. Real time, like every session: these are no moments of the house.

-- The PIN as an argon2 hash of its keyed digest; tries since the last right one.
create table people_credential (
    person bigint not null primary key,
    pin text not null,
    tries integer not null,
    locked_until timestamptz
) partition by hash (person);

-- A borrower's session: the digest is of the browser's own key, which stands nowhere here.
-- `device` is a code such as "Android · Chrome", never what the browser said of itself.
create table people_session (
    person bigint not null,
    session bigint not null,
    digest bytea not null,
    device text not null,
    began_at timestamptz not null,
    seen_at timestamptz not null,
    sure_at timestamptz not null,
    ended_at timestamptz,
    primary key (person, session)
) partition by hash (person);
create sequence people_session_seq as bigint;

-- Marks of contact points and accounts: kept out of sight, or no longer used.
create table people_mark (
    person bigint not null,
    item bigint not null,
    confidential boolean not null,
    retired boolean not null,
    primary key (person, item)
) partition by hash (person);
create index people_mark_by_item on people_mark (item);

do $$
declare name text;
begin
    foreach name in array array['people_credential', 'people_session', 'people_mark'] loop
        for part in 0..31 loop
            execute format('create table %I partition of %I for values with (modulus 32, remainder %s)',
                           name || '_' || part, name, part);
        end loop;
    end loop;
end $$;

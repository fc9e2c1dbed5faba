-- The people tables. Hash-partitioned by person in 32 parts; no foreign keys between them.
-- Days and moments arrive as arguments: moments are microseconds UTC.

create sequence people_person_seq as bigint start 100001;
create sequence people_item_seq as bigint start 500001;
create sequence people_look_seq as bigint;

create table people_person (
    person bigint not null primary key,
    lang text not null,
    zone text not null,
    enrolled_at bigint not null
) partition by hash (person);

-- One data key a person, wrapped by the house key. Deleting the row is the erasure.
create table people_key (
    person bigint not null primary key,
    wrapped bytea not null
) partition by hash (person);

-- Everything that names or reaches a person, sealed with the person's key.
-- A contact point is such an item; its id is what facts name as the address.
create table people_item (
    person bigint not null,
    item bigint not null,
    kind text not null,
    box bytea not null,
    commitment bytea not null default ''::bytea,
    primary key (person, item)
) partition by hash (person);
create index people_item_by_item on people_item (item);

-- Who saw what of whom and why. Append-only.
create table people_look (
    person bigint not null,
    look bigint not null default nextval('people_look_seq'),
    at bigint not null,
    staff bigint not null,
    field text not null,
    purpose text not null,
    primary key (person, look)
) partition by hash (person);

-- Keyed digests of phone, identity number and the lender's loan reference: a look-up, no proof.
create table people_index (
    digest bytea not null,
    person bigint not null,
    target bigint not null,
    primary key (digest, person, target)
);
create index people_index_by_person on people_index (person);

-- Failed logins by keyed digest of name or network address. On real time, like sessions: this is
-- no moment of the house.
create table people_failed_login (
    digest bytea not null,
    at timestamptz not null default current_timestamp
);
create index people_failed_login_by_digest on people_failed_login (digest, at);

do $$
declare name text;
begin
    foreach name in array array['people_person', 'people_key', 'people_item', 'people_look'] loop
        for part in 0..31 loop
            execute format('create table %I partition of %I for values with (modulus 32, remainder %s)',
                           name || '_' || part, name, part);
        end loop;
    end loop;
end $$;

create function people_look_stays() returns trigger language plpgsql as $$
begin
    raise exception 'the log of looks is append-only: % refused', tg_op
        using errcode = 'integrity_constraint_violation';
end $$;

create trigger people_look_stays before update or delete on people_look
    for each row execute function people_look_stays();
create trigger people_look_stays_whole before truncate on people_look
    for each statement execute function people_look_stays();
do $$
begin
    for part in 0..31 loop
        execute format('create trigger people_look_stays_whole before truncate on people_look_%s
                        for each statement execute function people_look_stays()', part);
    end loop;
end $$;

-- The serving role adds to the log and reads it, in whole and in every part.
do $$
declare name text;
begin
    for name in select c.oid::regclass::text from pg_class c
        where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace
        and c.relname ~ '^people_look(_\d+)?$'
    loop
        execute format('revoke all on %s from evenhand_serving', name);
        execute format('grant select, insert on %s to evenhand_serving', name);
    end loop;
end $$;

-- The second factor of staff: as few rows as there are members. Real time, like every sign-in.

-- The secret sealed by the house key; `used` is the last step whose code opened. A `shown` secret is
-- the demo's: everybody may know it.
create table people_factor (
    staff bigint not null primary key,
    box bytea not null,
    confirmed boolean not null,
    shown boolean not null,
    used bigint not null,
    tries integer not null,
    locked_until timestamptz
);

-- Keyed digests of recovery codes that have not been used.
create table people_recovery (
    staff bigint not null,
    digest bytea not null,
    primary key (staff, digest)
);

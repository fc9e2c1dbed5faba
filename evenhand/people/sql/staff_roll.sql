-- The staff roll beyond sign-in, role and number: a projection of the house's own stream of staff.
-- As few rows as there are members. Days are the house's.
create table people_member (
    staff bigint not null primary key,
    team text not null default '',
    trained_on date,
    badge text not null default '',
    badge_until date,
    away_from date,
    away_until date,
    hand_over bigint not null default 0,
    left_on date
);

-- Keyed digests of invitation codes not used yet. A week of real time, like every one-time code.
create table people_staff_invitation (
    staff bigint not null primary key,
    digest bytea not null,
    until timestamptz not null
);

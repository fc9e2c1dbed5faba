-- A code by which a member sets a password: the first one (invitation), or a new one (password) where
-- the old is forgotten. A try is counted before it is judged; after a few wrong ones it opens no more.
alter table people_staff_invitation
    add column sort text not null default 'invitation' check (sort in ('invitation', 'password')),
    add column tries integer not null default 0;

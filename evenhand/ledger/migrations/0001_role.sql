-- The role that pages and jobs work as. It owns nothing: it may read, and write what grants allow.
-- Roles belong to the whole server, so two databases migrating at once may both try to make it.
do $$
begin
    if not exists (select from pg_roles where rolname = 'evenhand_serving') then
        create role evenhand_serving nologin;
    end if;
exception
    when duplicate_object or unique_violation then null;
    when insufficient_privilege then
        raise exception 'the role evenhand_serving is missing and may not be made here'
            using hint = 'as an administrator: create role evenhand_serving nologin; '
                'grant evenhand_serving to ' || quote_ident(current_user);
end $$;

do $$
begin
    if not pg_has_role(current_user, 'evenhand_serving', 'member') then
        execute format('grant evenhand_serving to %I', current_user);
    end if;
end $$;

-- Every other room's tables: read and write, made before this moment or after it.
grant usage on schema public to evenhand_serving;
grant select, insert, update, delete on all tables in schema public to evenhand_serving;
grant usage, select, update on all sequences in schema public to evenhand_serving;
alter default privileges in schema public
    grant select, insert, update, delete on tables to evenhand_serving;
alter default privileges in schema public
    grant usage, select, update on sequences to evenhand_serving;

-- A head moves only forward, and is never taken away: whoever tries, whatever it may write.

create function ledger_head_stays() returns trigger language plpgsql as $$
begin
    raise exception 'a head only moves forward: % refused', tg_op
        using errcode = 'integrity_constraint_violation';
end $$;

-- The condition is weighed in the row's own update, without a call: appends do not feel it.
create trigger ledger_head_forward before update on ledger_stream
    for each row when (new.seq <= old.seq or new.borrower <> old.borrower)
    execute function ledger_head_stays();
create trigger ledger_head_row_stays before delete on ledger_stream
    for each row execute function ledger_head_stays();
create trigger ledger_head_table_stays before truncate on ledger_stream
    for each statement execute function ledger_head_stays();
do $$
begin
    for part in 0..31 loop
        execute format('create trigger ledger_head_table_stays before truncate on ledger_stream_p%s
            for each statement execute function ledger_head_stays()', lpad(part::text, 2, '0'));
    end loop;
end $$;

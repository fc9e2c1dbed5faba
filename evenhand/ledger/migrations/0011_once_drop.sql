drop trigger ledger_contact_judged on ledger_fact;
drop function ledger_contact_judged();
do $$
begin
    for part in 0..31 loop
        execute format('drop function ledger_contact_why_p%s(bigint, integer, text, integer, timestamptz,
            jsonb)', lpad(part::text, 2, '0'));
    end loop;
end $$;
drop table ledger_law;
drop function ledger_law_kept();

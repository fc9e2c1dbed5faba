drop trigger ledger_contact_judged on ledger_fact;
drop function ledger_contact_judged();
drop table ledger_pack;
drop function ledger_pack_stays();

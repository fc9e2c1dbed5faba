drop function ledger_head_stays() cascade;

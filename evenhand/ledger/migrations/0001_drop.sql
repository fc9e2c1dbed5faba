drop table ledger_stream, ledger_fact, ledger_loan, ledger_product, ledger_terms, ledger_instalment,
    ledger_position, ledger_look_on, ledger_contact, ledger_progress, ledger_state;
drop sequence ledger_loan_id;
drop function ledger_fact_stays();
drop function ledger_micros(timestamptz);

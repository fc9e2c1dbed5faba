drop index ledger_fact_promise;
drop index ledger_contact_call;

-- Services nobody has ended yet are looked for each minute among those begun lately.
create index ledger_fact_service on ledger_fact (at) where kind = 'service.begun';

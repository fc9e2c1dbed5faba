-- What was refused is rare among the facts, and compliance asks for it by its moment alone.
create index ledger_fact_refused on ledger_fact (at) where kind = 'contact.refused';

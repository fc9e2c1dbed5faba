-- Authorisations of auto-debit are few among the facts, and are asked for every day.
create index ledger_fact_mandate on ledger_fact (borrower, loan) where kind = 'debit.authorised';

-- Who waits for an answer about relief is asked across the book, and there are few.
create index ledger_fact_relief on ledger_fact (borrower, seq) where kind in ('relief.asked', 'relief.offered');

-- Loans taken off the books are rare among the facts, and are asked for whole by whoever answers for the book.
create index ledger_fact_off_books on ledger_fact (kind, borrower, seq)
    where kind in ('loan.written_off', 'loan.write_off_undone', 'loan.charged_off');

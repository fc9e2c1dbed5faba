-- Few loans are changed or have a charge waived, and few are agreed in another way than the house's;
-- whether a loan is one of them is asked whenever it is looked at.
create index ledger_fact_told on ledger_fact (borrower, seq)
    where kind in ('loan.terms_changed', 'charge.waived');
create index ledger_fact_agreed on ledger_fact (borrower, seq)
    where kind in ('loan.signed', 'loan.disbursed')
    and (body ?| array['order', 'late_cap_ppm', 'fees_due', 'grace_interest']
        or body ->> 'method' = 'bullet');

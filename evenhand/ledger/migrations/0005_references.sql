-- Somebody holds a message of ours and types its reference: whose it is, is asked by that alone.
create index ledger_fact_reference on ledger_fact ((body ->> 'reference'))
    where kind = 'contact.leaving';

-- What was promised for a day is asked by that day alone.
create index ledger_fact_promise on ledger_fact ((body ->> 'by')) where kind = 'promise.made';
-- Calls on their way (channel 0, stage 1): a handful at any time.
create index ledger_contact_call on ledger_contact (at) where channel = 0 and stage = 1;

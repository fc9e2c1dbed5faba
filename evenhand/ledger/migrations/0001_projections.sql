-- What follows from the facts; `evenhand rebuild` makes it again. Every column is of a fixed width
-- and never null, so that whole columns are read without looking at single rows.
-- Days are dates (9999-12-31 is "never"), moments timestamptz, words their code in core.words.

create sequence ledger_loan_id as bigint start 700001;

-- Look-ups, keyed by what is looked up. They prove nothing: the fact is read.
create table ledger_loan (
    loan bigint not null primary key,
    borrower bigint not null,
    seq integer not null
);

create index ledger_loan_borrower on ledger_loan (borrower);

create table ledger_product (
    product text not null,
    version integer not null,
    since date not null,
    terms jsonb not null,
    primary key (product, version)
);

create table ledger_terms (
    borrower bigint not null,
    loan bigint not null,
    seq integer not null,
    signed_on date not null,
    disbursed_on date not null,
    as_of date not null,
    currency char(3) not null,
    strategy char(32) not null,
    product char(32) not null,
    version integer not null,
    principal_minor bigint not null,
    rate_ppm bigint not null,
    late_rate_ppm bigint not null,
    late_year_days integer not null,
    measures integer not null,
    count integer not null,
    imported boolean not null,
    primary key (borrower, loan)
) partition by hash (borrower);

create table ledger_instalment (
    borrower bigint not null,
    loan bigint not null,
    n integer not null,
    due_on date not null,
    principal_minor bigint not null,
    interest_minor bigint not null,
    late_brought_minor bigint not null,
    late_from date not null,
    primary key (borrower, loan, n)
) partition by hash (borrower);

create table ledger_position (
    borrower bigint not null,
    loan bigint not null,
    seq integer not null,
    stood_on date not null,
    outstanding_minor bigint not null,
    past_due_minor bigint not null,
    past_due_principal_minor bigint not null,
    past_due_interest_minor bigint not null,
    late_interest_minor bigint not null,
    past_due_since date not null,
    past_due_count integer not null,
    due_minor bigint not null,
    next_due_on date not null,
    next_due_minor bigint not null,
    paid_off boolean not null,
    overpaid_minor bigint not null,
    primary key (borrower, loan)
) partition by hash (borrower);

create table ledger_look_on (
    borrower bigint not null primary key,
    look_on date not null
) partition by hash (borrower);

-- One row a contact: begun by its intention (or its report, for a contact before an import).
create table ledger_contact (
    borrower bigint not null,
    seq integer not null,
    leaving integer not null,
    at timestamptz not null,
    stage smallint not null,
    channel smallint not null,
    mode smallint not null,
    direction smallint not null,
    outcome smallint not null,
    recipient smallint not null,
    address bigint not null,
    collector smallint not null,
    purpose smallint not null,
    loan bigint not null,
    primary key (borrower, seq)
) partition by hash (borrower);

create table ledger_progress (
    borrower bigint not null,
    loan bigint not null,
    rung integer not null,
    since date not null,
    seq integer not null,
    primary key (borrower, loan)
) partition by hash (borrower);

create table ledger_state (
    borrower bigint not null,
    seq integer not null,
    kind smallint not null,
    loan bigint not null,
    at timestamptz not null,
    since timestamptz not null,
    until timestamptz not null,
    channel smallint not null,
    address bigint not null,
    place smallint not null,
    weekdays smallint not null,
    from_minute smallint not null,
    until_minute smallint not null,
    primary key (borrower, seq)
) partition by hash (borrower);

do $$
declare
    name text;
begin
    foreach name in array array['terms', 'instalment', 'position', 'look_on', 'contact',
        'progress', 'state']
    loop
        for part in 0..31 loop
            execute format('create table ledger_%s_p%s partition of ledger_%s
                for values with (modulus 32, remainder %s) with (fillfactor = 80)',
                name, lpad(part::text, 2, '0'), name, part);
        end loop;
    end loop;
end $$;

create index ledger_look_on_day on ledger_look_on (look_on);
create index ledger_contact_leaving on ledger_contact (borrower, leaving);

-- A version of a product never changes; loans name it.
revoke update, delete on ledger_product from evenhand_serving;

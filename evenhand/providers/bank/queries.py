"""The simulated bank's SQL, named and in one place."""

from typing import Final

OPEN: Final = """
    insert into bank_simulator_account (number, name, bank, lender, balance_minor)
    values (%(number)s, %(name)s, %(bank)s, %(lender)s, %(balance_minor)s)
    on conflict do nothing
"""

MOVE: Final = """
    insert into bank_simulator_movement
        (key, kind, account, amount_minor, currency, purpose, remark, at, value_day, fate, reason)
    values (%(key)s, %(kind)s, %(account)s, %(amount_minor)s, %(currency)s, %(purpose)s,
        %(remark)s, %(at)s, %(value_day)s, %(fate)s, %(reason)s)
    on conflict (key) do nothing returning line
"""

BOOK: Final = """
    update bank_simulator_account set balance_minor = balance_minor
        + case when lender then %(lender)s else - %(lender)s end
    where lender or number = %(account)s
"""

HOLDER: Final = "select name from bank_simulator_account where number = %s"

_MOVEMENT: Final = """
    select m.line, coalesce(m.key, ''), m.kind, m.account, m.amount_minor, m.currency, m.purpose,
        m.remark, m.at, m.value_day, m.fate, m.reason, m.told, coalesce(a.name, '')
    from bank_simulator_movement m left join bank_simulator_account a on a.number = m.account
"""

OF_KEYS: Final = _MOVEMENT + " where m.key = any(%s)"
WAITING: Final = _MOVEMENT + " where not m.told order by m.line limit %s"
NEWEST: Final = _MOVEMENT + " order by m.line desc limit %s"
TOLD: Final = "update bank_simulator_movement set told = true where line = any(%s)"

ACCOUNTS: Final = """
    select number, name, bank, lender, balance_minor from bank_simulator_account
    order by lender desc, number
"""

"""SQL of one-time codes, which live on real time: a code is no moment of the house."""

from typing import Final

HOLD_CODES: Final = "select pg_advisory_xact_lock(%s, %s)"

CODES_TO_NUMBER: Final = """
    select floor(extract(epoch from current_timestamp - at)) from contact_security_code
    where number = %s and at > current_timestamp - make_interval(secs => %s) order by at desc
"""

CODES_TO_NETWORK: Final = """
    select floor(extract(epoch from current_timestamp - at)) from contact_security_code
    where network = %s and at > current_timestamp - make_interval(secs => %s) order by at desc
"""

FORGET_CODES: Final = """
    delete from contact_security_code where at < current_timestamp - interval '1 day'
"""

END_CODES: Final = """
    update contact_security_code set open = false where number = %s and what_for = %s and open
"""

NEW_CODE: Final = """
    insert into contact_security_code (number, network, what_for, code) values (%s, %s, %s, %s)
    returning id
"""

TRY_CODE: Final = """
    update contact_security_code set tries = tries + 1
    where number = %s and what_for = %s and open
      and at > current_timestamp - make_interval(mins => %s) and tries < %s
    returning id, code
"""

USE_CODE: Final = "update contact_security_code set open = false where id = %s and open"

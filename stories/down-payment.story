# A down-payment is due on the day of the payout; the rest is paid back in the months
lends 2026-03-01 16000.00 over 12 months at 12 %, late 18 %, strategy reminders-only, down-payment 25 %
2026-03-01 is paid out 16000.00
2026-03-01 pays 4000.00
2026-03-02 stands current, next 1066.19 on 2026-04-01
2026-04-01 pays 1066.19
2026-04-02 stands current, next 1066.19 on 2026-05-01
until 2026-04-03

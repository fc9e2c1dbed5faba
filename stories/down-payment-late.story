# A down-payment that is not paid on the day of the payout is past due the day after, and bears late interest
lends 2026-03-02 16000.00 over 12 months at 12 %, late 18 %, strategy reminders-only, down-payment 25 %
2026-03-03 stands 1 day past due, 4002.00 past due, 2.00 late interest
2026-03-03 08:00 hears attention
2026-03-04 pays 4004.00
2026-03-05 stands current, next 1066.19 on 2026-04-02
until 2026-03-05

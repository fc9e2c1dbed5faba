# Due after fifteen days, answered after twenty-three: the days between cost no late interest
lends 2026-03-01 12000.00 over 12 months at 12 %, late 18 %, strategy reminders-only
2026-04-02 08:00 hears attention
2026-04-02 complains
2026-04-17 stands 16 days past due, 1073.76 past due, 7.57 late interest
2026-04-25 is answered
2026-04-26 stands 25 days past due, 1074.23 past due, 8.04 late interest
until 2026-04-26

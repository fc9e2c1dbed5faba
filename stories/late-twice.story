# She misses the second instalment, hears of it twice, and pays it with its late interest
lends 2026-03-01 12000.00 over 12 months at 12 %, late 18 %, strategy reminders-only
2026-04-01 pays 1066.19
2026-05-02 stands 1 day past due, 1066.67 past due, 0.48 late interest
2026-05-02 08:00 hears attention
2026-05-04 08:00 hears attention
2026-05-05 pays 1068.10
2026-05-06 stands current, next 1066.19 on 2026-06-01
until 2026-05-20

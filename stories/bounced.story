# A payment bounces two days later: the loan stands as if it had never come
lends 2026-03-01 12000.00 over 12 months at 12 %, late 18 %, strategy reminders-only
2026-04-01 pays 1066.19
2026-04-02 stands current, next 1066.19 on 2026-05-01
2026-04-03 takes back 1066.19
2026-04-04 stands 3 days past due, 1067.61 past due, 1.42 late interest
2026-04-04 08:00 hears attention
2026-04-08 08:00 hears attention
2026-04-15 08:00 hears attention
until 2026-04-30

# A fee kept back from the payout makes what arrives less; all that was lent is owed, and nothing of the fee
lends 2026-03-01 12000.00 over 12 months at 12 %, late 18 %, strategy reminders-only, keeps back 2 %
2026-03-01 is paid out 11760.00
2026-03-15 stands current, next 1066.19 on 2026-04-01
2026-04-01 pays 1066.19
2026-04-02 stands current, next 1066.19 on 2026-05-01
2026-05-02 stands 1 day past due, 1066.67 past due, 0.48 late interest
2026-05-02 08:00 hears attention
until 2026-05-02

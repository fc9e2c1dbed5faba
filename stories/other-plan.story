# Asked for a plan, offered another and accepted it: nobody collects from the first day on, and no late interest has run since then
lends 2026-03-01 12000.00 over 12 months at 12 %, late 18 %, strategy reminders-only
2026-04-02 08:00 hears attention
2026-04-03 asks for 10 parts from 2026-04-15
2026-04-06 stands 5 days past due, 1068.56 past due, 2.37 late interest
2026-04-06 is offered 2 parts from 2026-04-20
2026-04-08 accepts
2026-04-09 stands 8 days past due, 1067.14 past due, 0.95 late interest
2026-04-20 pays 533.57
2026-04-21 stands 20 days past due, 533.57 past due, 0.00 late interest
until 2026-04-22

"""The stage's addresses. Loans, facts and figures only; nothing that names anybody."""

from django.urls import path

import evenhand.web.converters  # noqa: F401  (the numbers in the paths below)
from evenhand.lifecycle.repay import (
    accounts_pages,
    ahead_pages,
    auto_debit_pages,
    home,
    loan_pages,
    pay_pages,
    receipts_pages,
    statement_pages,
    suspense_pages,
    where_pages,
)

urlpatterns = [
    path("my/", home.home, name="my-home"),
    path("my/offline.json", home.offline, name="my-offline"),
    path("my/loan/<number:loan>/", loan_pages.loan, name="my-loan"),
    path("my/sum/<number:loan>/<slug:figure>/", loan_pages.sum_of, name="sum"),
    path("my/loan/<number:loan>/certificate/", receipts_pages.paid_off, name="certificate"),
    path("my/statement/<number:loan>/", statement_pages.statement, name="statement"),
    path("my/statement/<number:loan>/paper/", statement_pages.paper, name="statement-paper"),
    path("my/pay/<number:loan>/", pay_pages.pay, name="pay"),
    path("my/pay/<number:loan>/on-its-way/", pay_pages.on_its_way, name="pay-on-its-way"),
    path("my/pay/<number:loan>/ahead/", ahead_pages.ahead, name="pay-ahead"),
    path("my/pay/<number:loan>/chosen/", ahead_pages.chosen, name="pay-chosen"),
    path("my/pay/<number:loan>/surplus/", pay_pages.surplus, name="surplus"),
    path("my/auto-debit/<number:loan>/", auto_debit_pages.auto_debit_of, name="auto-debit"),
    path("my/auto-debit/<number:loan>/give/", auto_debit_pages.give, name="auto-debit-give"),
    path("my/auto-debit/<number:loan>/stop/", auto_debit_pages.revoke, name="auto-debit-stop"),
    path("my/receipts/", receipts_pages.receipts, name="receipts"),
    path("my/receipts/<number:seq>/", receipts_pages.receipt, name="receipt"),
    path("where-to-pay/", where_pages.where_to_pay, name="where-to-pay"),
    path("ours/", where_pages.ours, name="ours"),
    path("staff/accounts/", accounts_pages.accounts, name="accounts"),
    path("staff/accounts/propose/", accounts_pages.propose, name="accounts-propose"),
    path("staff/accounts/<number:seq>/close/", accounts_pages.close, name="accounts-close"),
    path("staff/accounts/<number:seq>/decide/", accounts_pages.decide, name="accounts-decide"),
    path("staff/suspense/", suspense_pages.listed, name="suspense"),
    path("staff/suspense/<number:seq>/", suspense_pages.money, name="suspense-money"),
    path("staff/suspense/<number:seq>/<number:loan>/", suspense_pages.match, name="suspense-match"),
    path("staff/suspense/<number:seq>/back/", suspense_pages.send_back, name="suspense-back"),
    path(
        "staff/suspense/<number:seq>/decide/<number:proposal>/",
        suspense_pages.decide,
        name="suspense-decide",
    ),
]

"""Made-up values for each document: what tests, and the house's check, print."""

from typing import Any, Final

COMMON: Final[dict[str, Any]] = {
    "number": "EH-10001-T",
    "issued": "2026-11-24",
    "loan": "10001",
    "currency": "CNY",
    "lender": {
        "name": "持平 Evenhand",
        "licence": "演示-0001",
        "office": "上海市示例路 1 号",
        "hotline": "95000",
    },
    "borrower": {"name": "欧阳示例", "identity": "11010519491231002X"},
}
INSTALMENTS: Final = [
    [1, "2026-12-24", 330_342, 9_000, 669_658, 500],
    [2, "2027-01-24", 333_315, 6_027, 336_343, 500],
    [3, "2027-02-24", 336_343, 3_027, 0, 500],
]
FEE: Final = {
    "code": "service_fee",
    "name": "服务费",
    "how": "每期 CNY 5.00",
    "total_minor": 1_500,
}
LATE_CAP: Final = ["罚息合计永远不超过本金的 20%。"]
EXAMPLE: Final = {"principal_minor": 10_000, "days": 10, "costs_minor": 45}

VALUES: Final[dict[str, dict[str, Any]]] = {
    "cost_table": COMMON
    | {
        "principal_minor": 1_000_000,
        "span": "3 个月",
        "interest_minor": 18_054,
        "fees_minor": 11_500,
        "kept_back_minor": 10_000,
        "down_minor": 5_000,
        "yearly_hundredths": 1_169,
        "charges": [{"code": "interest", "rate_ppm": 108_000}, FEE],
        "late_cap": LATE_CAP,
        "contingent": [
            {"code": "late_interest", "rate_ppm": 162_000, "year_days": 360, "example": EXAMPLE}
        ],
    },
    "contract": COMMON
    | {
        "principal_minor": 1_000_000,
        "span": "3 个月",
        "shape": ["等额本息：每期还同样的金额。"],
        "fees": ["服务费：每期 CNY 5.00"],
        "fees_minor": 11_500,
        "kept_back_minor": 10_000,
        "down_minor": 5_000,
        "late_cap": LATE_CAP,
        "order": ["还款按这个顺序冲抵：逾期：罚息、费用、利息、本金。", "提前还的部分先还下一期。"],
        "prepay": ["多还的人可以选：每期少还一点。"],
        "dated": True,
        "purpose": "家电",
        "rate_ppm": 108_000,
        "yearly_hundredths": 1_080,
        "interest_minor": 18_054,
        "late_rate_ppm": 162_000,
        "late_year_days": 360,
        "cost_table": "ab" * 32,
        "instalments": INSTALMENTS,
        "parties": [
            {
                "role": "guarantor",
                "name": "司徒示例",
                "identity": "11010519491231002X",
                "limit_minor": 500_000,
                "until": "2027-08-24",
                "guarantee": "joint",
            },
            {
                "role": "co_borrower",
                "name": "上官示例",
                "identity": "11010519491231002X",
                "limit_minor": 0,
                "until": "",
                "guarantee": "",
            },
        ],
        "channels": [
            [["收款户名", "持平示例小额贷款有限公司"], ["账号", "6222 0000 0000 0001"]],
            [["代扣", "本人账户"]],
        ],
        "example": EXAMPLE,
        "measures": [
            {
                "name": "短信",
                "days": [1, 3, 7, 14],
                "rules": [{"says": "每日最多 1 条", "cite": "House policy"}],
            },
            {"name": "信函", "days": [], "rules": []},
        ],
        "complaint_rule": "投诉须于 15 日内答复",
        "routes": [{"name": "国家金融监督管理总局", "number": "12378"}],
    },
    "paid_off": COMMON
    | {
        "principal_minor": 1_000_000,
        "paid_minor": 1_018_054,
        "signed_on": "2026-11-24",
        "paid_off_on": "2027-02-24",
    },
    "receipt": COMMON
    | {
        "received_on": "2026-12-24",
        "amount_minor": 339_342,
        "channel": "银行转账",
        "reference": "B-20261224-7",
        "parts": [["interest", 9_000], ["principal", 330_342]],
        "steps_paid": "1, 2",
        "ahead": {"way": "lower", "count": 2, "last_on": "2027-02-24", "saved_minor": 4_500},
        "still_owed_minor": 678_712,
        "next_due_on": "2027-01-24",
        "next_due_minor": 339_342,
        "head": "0a1b2c3d4e5f",
    },
    "statement": COMMON
    | {
        "on": "2027-01-10",
        "known": "2027-01-12",
        "opened_on": "2026-11-24",
        "taken_over": False,
        "principal_minor": 1_000_000,
        "kept_back_minor": 10_000,
        "instalments": 3,
        "movements": [
            ["due", 1, "2026-12-24", "", 339_342, 339_342],
            ["late_interest", 0, "2026-12-29", "", 743, 340_085],
            ["paid", 0, "2026-12-29", "2027-01-11", -339_342, 743],
        ],
        "balance_minor": 743,
        "closing": [
            ["due_minor", 743],
            ["late_interest_minor", 743],
            ["owed_minor", 679_455],
            ["outstanding_minor", 669_658],
        ],
        "head": "0a1b2c3d4e5f",
    },
}

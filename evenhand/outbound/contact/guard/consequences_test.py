"""A consequence is named only as the file has it; without a word of time it is one too."""

from datetime import date

import pytest

from evenhand.outbound.contact.guard.consequences import MEASURES, Planned, Unplanned
from evenhand.outbound.contact.guard.screen import Finding, screen

PLANNED = [Planned("visit", date(2026, 12, 9)), Planned("agency", date(2026, 12, 5))]
DATED = [
    ("我们将于十二月九日上门。", True),
    ("我们将于12/9上门。", True),
    ("我们将于2026/12/9上门。", True),
    ("我们12月9号上门。", True),
    ("我們將於民國115年12月9日上門。", True),
    ("我们将于十二月十日上门。", False),
    ("我们将于10/12上门。", False),
    ("我们9号上门。", False),
    ("We will visit you on 09/12/2026.", True),
    ("We will visit you on 12/09/2026.", True),
    ("We will visit you on the ninth of December.", True),
    ("We will visit you on Dec 9th.", True),
    ("We will visit you on 9.12.2026.", True),
    ("We will visit you on 10/12/2026.", False),
    ("We will visit you on 9 November.", False),
    ("We will visit you on 09/12/2027.", False),
    ("Your account goes to Acme Collections on 12/5.", True),
    ("Your account goes to Acme Collections on 12/6.", False),
]


@pytest.mark.parametrize(("text", "passes"), DATED)
def test_the_day_is_the_files_however_it_is_written(text: str, passes: bool) -> None:
    found = [each.category for each in screen(text, "en", planned=PLANNED)]
    assert found == ([] if passes else ["false_consequence"])


NAMED = [
    "我们上门找您。",
    "我们的人来您家。",
    "派人上门催收。",
    "公司安排外勤去您家。",
    "已经派专员上门了。",
    "转交委外公司处理。",
    "您的账户委外处理。",
    "把您的欠款交给第三方催收。",
    "您的債權轉讓給資產管理公司。",
    "你的案件進入委外。",
    "我們派同仁登門。",
    "外訪專員到您府上，請準備。",
    "我们直接起诉您。",
    "公司向法院申请支付令。",
    "给您报送征信。",
    "本公司宣布您的贷款立即到期。",
    "We come to your home.",
    "Our agents visit you at your place.",
    "Expect a home visit.",
    "A collector calls at your house.",
    "We are on our way to your home.",
    "We pass your account to a collection agency.",
    "Your loan goes to collections.",
    "Your file is with a recovery agency.",
    "We sue you.",
    "We are taking you to court.",
    "We report you to the credit bureau.",
    "Your loan is now called in.",
]
FREE = [
    "我们不会上门。",
    "我们不上门催收。",
    "我们没有派人上门。",
    "不会转交任何公司。",
    "您可以上门到我们的营业厅。",
    "您可以到我们公司办理。",
    "委外公司上门须出示证件。",
    "上门人员应当出示证件，您可以拒绝。",
    "我们上门前须征得您的同意。",
    "我們從不上門收錢。",
    "我們沒有把您的帳戶委外處理。",
    "您可以委托律师或专业机构陪同协商。",
    "您申请的上门服务已取消。",
    "昨天上门的同事没有出示证件，我们向您道歉。",
    "上次我们的专员去您家打扰了，对不起。",
    "有人自称我司员工上门，请拨打95000核实。",
    "您的账户没有转交催收公司。",
    "我们不起诉您。",
    "We never come to your home.",
    "We do not visit you at home.",
    "You can visit our branch on any working day.",
    "You may visit the page to see your plan.",
    "A visitor has to show a card, and you may send them away.",
    "No visit is planned.",
    "We have not passed your account to a collection agency.",
    "Your account is not with a recovery agency.",
    "You asked us to come to your home, and we cannot.",
    "Last week our agent called at your house without notice, and we apologise.",
    "We do not sue over this.",
    "Nobody is going to report you to a bureau.",
]


@pytest.mark.parametrize("text", NAMED)
def test_a_consequence_needs_no_word_of_time(text: str) -> None:
    assert "false_consequence" in [each.category for each in screen(text, "en", planned=())]


@pytest.mark.parametrize("text", FREE)
def test_what_is_denied_over_or_the_readers_own_is_no_consequence(text: str) -> None:
    assert screen(text, "en", planned=()) == []


def _found(text: str, lang: str) -> Finding:
    (found,) = screen(text, lang, planned=PLANNED)
    return found


def test_the_writer_is_told_what_the_file_has() -> None:
    assert "2026-12-09" in _found("We will visit you.", "en").why
    assert "2026-12-09" in _found("我们将于12月11日上门。", "zh-Hans").why
    assert "讀成兩天" in _found("我們將於12/8上門。", "zh-Hant").why
    assert "does not have planned" in _found("We sue you.", "en").why


@pytest.mark.parametrize("fault", ["unplanned", "undated", "other_day", "two_ways"])
@pytest.mark.parametrize("lang", ["zh-Hant", "zh-Hans", "en"])
def test_every_fault_is_said_in_every_language(fault: str, lang: str) -> None:
    assert Unplanned((0, 1), fault, date(2026, 12, 9)).why(lang)


def test_each_measure_is_known() -> None:
    assert MEASURES == ("bureau", "court", "agency", "visit", "call_in")

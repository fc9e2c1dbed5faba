"""Made-up people for the replay and the demo: names from short lists, phones that cannot ring.

No mobile prefix begins with 120 in China (120 is the ambulance's own number), so +86 120 0000 0000
and upward reach nobody. Who gets which name follows from the number alone.
"""

from evenhand.people.persons import Person

SURNAMES_HANS = "王李张刘陈杨赵黄周吴徐孙马朱胡郭何高林罗"
SURNAMES_HANT = "陳林黃張李王吳劉蔡楊許鄭謝郭洪曾邱廖賴周"
GIVEN_HANS = (
    "伟",
    "芳",
    "秀英",
    "敏",
    "静",
    "丽",
    "强",
    "磊",
    "洋",
    "艳",
    "勇",
    "军",
    "杰",
    "娟",
    "涛",
    "明",
    "超",
)
GIVEN_HANT = (
    "家豪",
    "淑芬",
    "志明",
    "美玲",
    "俊傑",
    "雅婷",
    "建宏",
    "怡君",
    "宗翰",
    "佩珊",
    "冠宇",
    "心怡",
    "文雄",
)
GIVEN_EN = ("Ada", "Ben", "Cleo", "Dan", "Eve", "Finn", "Gail", "Hugo", "Iris", "Jon", "Kay")
SURNAMES_EN = ("Abbot", "Birch", "Cole", "Dale", "Elm", "Ford", "Grove")
FIRST_PHONE = 120_0000_0000


def person(number: int) -> Person:
    """The made-up person of that number (from 0): one in ten writes English, two in ten zh-Hant."""
    if number % 10 == 9:
        name = f"{GIVEN_EN[number % len(GIVEN_EN)]} {SURNAMES_EN[number % len(SURNAMES_EN)]}"
        return Person(name, phone(number), lang="en")
    if number % 10 in (4, 8):
        return Person(_name(SURNAMES_HANT, GIVEN_HANT, number), phone(number), lang="zh-hant")
    return Person(_name(SURNAMES_HANS, GIVEN_HANS, number), phone(number), lang="zh-hans")


def phone(number: int) -> str:
    """A number that no network has given out.

    >>> phone(7)
    '+86 120 0000 0007'
    """
    digits = str(FIRST_PHONE + number)
    return f"+86 {digits[:3]} {digits[3:7]} {digits[7:]}"


def _name(surnames: str, given: tuple[str, ...], number: int) -> str:
    return surnames[number % len(surnames)] + given[number // 3 % len(given)]

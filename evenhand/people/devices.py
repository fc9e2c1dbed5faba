"""What a browser calls itself, in two words a person knows their device by.

>>> device_of("Mozilla/5.0 (Linux; Android 9; MI 8) AppleWebKit/537.36 Chrome/69.0 Mobile")
'Android · Chrome'
>>> device_of("curl/8.0"), device_of("")
('?', '?')
"""

from collections.abc import Sequence

SYSTEMS = (
    ("OpenHarmony", "HarmonyOS"),
    ("HarmonyOS", "HarmonyOS"),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)
BROWSERS = (
    ("MicroMessenger", "WeChat"),
    ("AlipayClient", "Alipay"),
    ("HuaweiBrowser", "Huawei"),
    ("MiuiBrowser", "MIUI"),
    ("UCBrowser", "UC"),
    ("QQBrowser", "QQ"),
    ("SamsungBrowser", "Samsung"),
    ("Edg", "Edge"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)


def device_of(user_agent: str) -> str:
    """The system and the browser; a question mark where neither is known."""
    words = [_first(SYSTEMS, user_agent), _first(BROWSERS, user_agent)]
    return " · ".join(word for word in words if word) or "?"


def _first(known: Sequence[tuple[str, str]], user_agent: str) -> str:
    return next((word for sign, word in known if sign in user_agent), "")

"""Style and scripts use what Chromium 69 knows: old phones and in-app browsers show our pages.

What an older browser merely leaves out (a finer underline, a tinted box) may stand.
"""

import re

from tidy.house import Source

# A pattern of CSS, and the Chromium that first knew it.
NEWER_CSS = {
    r":(is|where)\(": 88,
    r":has\(": 105,
    r":not\([^()]*,": 88,
    r"(?<![\w-])inset(-[\w-]+)?\s*:": 87,
    r"(?<![\w-])aspect-ratio\s*:": 88,
    r"(?<![\w-])(clamp|min|max)\(": 79,
    r"(?<![\w-])(margin|padding)-(inline|block)\s*:": 87,
    r"@(layer|container|property|scope|starting-style)\b": 78,
    r"(?<![\w-])color-mix\(": 111,
    r"\d(dvh|svh|lvh|cqw|lh)\b": 108,
    r"(?<![\w-])content-visibility\s*:": 85,
    r"display\s*:\s*\w+\s+\w+": 115,
    r"\{[^{}]*&": 112,
    r"@media[^{]*[<>]": 104,
}
# Of JavaScript.
NEWER_JS = {
    r"\?\.(?!\d)": 80,
    r"\?\?": 80,
    r"(\|\||&&)=": 85,
    r"\bimport\s*\(": 63,
    r"\bfor\s+await\b": 63,
    r"\.(at|replaceAll|matchAll|replaceChildren|findLast|toSorted)\(": 73,
    r"\b(globalThis|structuredClone|queueMicrotask)\b": 71,
    r"\bObject\.(fromEntries|hasOwn|groupBy)\b": 73,
    r"\bPromise\.(allSettled|any)\b": 76,
    r"(?<![\w$])#\w+\s*[=;(]": 74,
    r"\d_\d": 75,
    r"\bcrypto\.randomUUID\b": 92,
}
SAFE_CSS = re.compile(r"/\*.*?\*/|\"[^\"]*\"", re.DOTALL)
SAFE_JS = re.compile(r"/\*.*?\*/|^\s*//[^\n]*|\"[^\"\n]*\"", re.DOTALL | re.MULTILINE)
RULE = re.compile(r"([^{}]*)\{([^{}]*)\}")


def newer_css(source: Source) -> list[str]:
    """Style that an old browser would drop or misread, gaps between flexible boxes among it."""
    text = _bare(SAFE_CSS, source.text)
    return _found(source, text, NEWER_CSS) + [
        f"{source.path} {selector.strip()}: `gap` in a flexible box needs Chromium 84; use margins"
        for selector, rule in RULE.findall(text)
        if re.search(r"display\s*:\s*(inline-)?flex", rule) and re.search(r"\bgap\s*:", rule)
    ]


def newer_js(source: Source) -> list[str]:
    """Scripts that an old browser would not even read."""
    return _found(source, _bare(SAFE_JS, source.text), NEWER_JS)


def _found(source: Source, text: str, patterns: dict[str, int]) -> list[str]:
    return [
        f"{source.path}:{text.count(chr(10), 0, hit.start()) + 1} `{hit.group().strip()}`"
        f" needs Chromium {version}; ours is 69"
        for pattern, version in patterns.items()
        for hit in re.finditer(pattern, text)
    ]


def _bare(safe: re.Pattern[str], text: str) -> str:
    """Without comments and quoted texts, the lines kept."""
    return safe.sub(lambda hit: "\n" * hit.group().count("\n"), text)

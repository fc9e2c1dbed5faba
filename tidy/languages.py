"""Every word of a page is in three languages: none stands outside a translation, none lacks one."""

import ast
import re
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser

from babel.messages.catalog import Catalog
from django.template.base import Lexer, TokenType

from evenhand.web.catalogue import Message
from tidy.house import Source, strings

# Names, and the languages' own names, which are the same in every language.
NAMES = {"Evenhand", "持平", "持平 Evenhand", "繁體中文", "简体中文", "English", "繁", "简"}
NAMES |= {"CNY", "SHA-256", "SMS"}


def untranslated(messages: Mapping[Message, str], catalogues: Mapping[str, Catalog]) -> list[str]:
    """Texts a catalogue does not hold, leaves empty, guesses (fuzzy) or gives other places.

    `messages` are texts with the file that says them, as `evenhand.web.catalogue` finds them.
    """
    return [
        f"{where} “{_first(message[0])}” {what} in {locale}"
        for message, where in messages.items()
        for locale, catalogue in catalogues.items()
        for what in _missing(message, catalogue)
    ]


TRANSLATED = (
    r"\{% translate [^%]* %\}|\{% endblocktranslate %\}|\{\{ [^}]*\|(?:day|moment|word)[^}]* \}\}"
)
COLON = re.compile(rf"(?:{TRANSLATED}): ")
WITHIN = re.compile(r"\{% blocktranslate.*?\{% endblocktranslate %\}", re.DOTALL)


def bare_colons(page: Source) -> list[str]:
    """A colon of English after words that are translated: Chinese writes another."""
    text = WITHIN.sub("{% endblocktranslate %}", page.text)
    return [f'{page.path}: {found} wants translate ": "' for found in COLON.findall(text)]


def _missing(message: Message, catalogue: Catalog) -> Iterator[str]:
    said, context = message
    held = catalogue.get(_first(said), context)
    if held is None:
        yield "is not"
        return
    texts = [held.string] if isinstance(held.string, str) else [*(held.string or ("",))]
    if not all(texts):
        yield "is empty"
    elif held.fuzzy:
        yield "is a guess (fuzzy)"
    elif any(_places(text) - _places(_first(said)) for text in texts):
        yield "names a place the text has not"
    elif isinstance(said, str) and _places(said) - _places(texts[0]):
        yield "leaves a place out"


def _first(said: str | tuple[str, ...]) -> str:
    """The text itself, or the singular of two."""
    return said if isinstance(said, str) else said[0]


def _places(text: str) -> set[str]:
    return {one or other for one, other in re.findall(r"%\((\w+)\)[sd]|{(\w+)}", text)}


def bare_words(source: Source) -> list[str]:
    """Words of a template that no translation tag holds, in text and in what is read aloud."""
    page = _Page()
    page.feed(_without_tags(source.text))
    page.close()
    return [
        f"{source.path}:{line} “{words}” stands in one language; use translate"
        for line, words in page.words
    ]


def _without_tags(text: str) -> str:
    """The template with tags, variables and translated blocks blanked, its lines kept."""
    out = []
    inside = ""
    for token in Lexer(text).tokenize():
        name = token.contents.split(" ", 1)[0] if token.token_type == TokenType.BLOCK else ""
        blank = "\n" * token.contents.count("\n")
        if inside:
            inside = "" if name == f"end{inside}" else inside
            out.append(blank)
        elif name in {"blocktranslate", "blocktrans", "comment", "verbatim"}:
            inside = name
            out.append(blank)
        else:
            out.append(token.contents if token.token_type == TokenType.TEXT else blank)
    return "".join(out)


class _Page(HTMLParser):
    """Collects the words people read or hear."""

    SILENT = ("script", "style", "code", "kbd", "svg")
    HEARD = ("alt", "title", "aria-label", "placeholder")

    def __init__(self) -> None:
        super().__init__()
        self.words: list[tuple[int, str]] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in self.SILENT
        for name, value in attrs:
            if name in self.HEARD or (name == "content" and ("name", "description") in attrs):
                self._note(value or "")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self._silent -= tag in self.SILENT

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in self.SILENT

    def handle_data(self, data: str) -> None:
        if not self._silent:  # a block may give a tag of another template its class
            self._note(re.sub(r'^ class="[a-z -]+"$', "", data, flags=re.MULTILINE))

    def _note(self, text: str) -> None:
        rest = re.sub("|".join(map(re.escape, sorted(NAMES, reverse=True))), " ", text)
        if re.search(r"[A-Za-z]{2}|[\u4e00-\u9fff]", rest):
            self.words.append((self.getpos()[0], " ".join(text.split())[:60]))


# Chinese in Python is for what is not a page (messages, the demo's names, what a provider sends)
# and for how a day is written, which is no text to translate.
CHINESE_ALLOWED = re.compile(
    r"evenhand/(law|lifecycle/takeover|outbound/contact|providers)/"
    r"|/made_up[^/]*\.py$|/settings\.py$|^evenhand/web/shown\.py$"
)


def chinese_in_python(source: Source) -> list[str]:
    """Chinese strings in the code of pages; comments and docstrings may quote."""
    if source.is_test or CHINESE_ALLOWED.search(source.path):
        return []
    return [
        f"{source.path}:{one.lineno} “{str(one.value)[:30]}” belongs in the catalogues"
        for one in strings(ast.parse(source.text))
        if re.search(r"[\u4e00-\u9fff]", str(one.value)) and one.value not in NAMES
    ]

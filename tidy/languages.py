"""Every word of a page is in three languages: none stands outside a translation, none lacks one."""

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from html.parser import HTMLParser
from typing import NamedTuple

from babel.messages.catalog import Catalog
from django.template.base import Lexer, TokenType
from django.utils.translation.template import templatize

from tidy.house import Source, dotted, names_of, strings

LOCALES = ("zh_Hans", "zh_Hant")

# Names, and the languages' own names, which are the same in every language.
NAMES = {"Evenhand", "持平", "繁體中文", "简体中文", "English", "CNY", "SHA-256", "SMS"}


class Message(NamedTuple):
    """A text to translate: where it stands, its context (or none) and its plural (or none)."""

    where: str
    text: str
    context: str = ""
    plural: str = ""


# `_(` is what a constant in a tag or variable becomes.
_CALL = re.compile(r"\b(?:(n?)(p?)gettext|_)\(")
_LITERAL = re.compile(r"""u?('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")\s*,?\s*""", re.DOTALL)


def in_template(source: Source) -> list[Message]:
    """The texts a template marks for translation."""
    code = templatize(source.text, origin=source.path)
    return [
        _message(source.path, bool(call[1]), bool(call[2]), _literals(code, call.end()))
        for call in _CALL.finditer(code)
    ]


def _literals(code: str, start: int) -> list[str]:
    found = []
    while literal := _LITERAL.match(code, start):
        found.append(str(ast.literal_eval(literal[1])))
        start = literal.end()
    return found


def _message(where: str, plural: bool, context: bool, texts: list[str]) -> Message:
    texts = texts if context else ["", *texts]
    return Message(where, texts[1], texts[0], texts[2] if plural else "")


def in_python(source: Source) -> list[Message]:
    """The texts a Python file marks for translation."""
    tree = ast.parse(source.text)
    known = names_of(tree)
    found = []
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        path, _, name = dotted(node.func, known).rpartition(".")
        if path == "django.utils.translation" and "gettext" in name and node.args:
            texts = [a.value for a in node.args if isinstance(a, ast.Constant)]
            words = [text for text in texts if isinstance(text, str)]
            if words:
                where = f"{source.path}:{node.lineno}"
                found.append(_message(where, "ng" in name or "np" in name, "pg" in name, words))
    return found


def untranslated(messages: Iterable[Message], catalogues: Mapping[str, Catalog]) -> list[str]:
    """Texts a catalogue does not hold, leaves empty, guesses (fuzzy) or gives other places."""
    return [
        f"{message.where} “{message.text}” {what} in {locale}"
        for message in messages
        for locale, catalogue in catalogues.items()
        for what in _missing(message, catalogue)
    ]


def _missing(message: Message, catalogue: Catalog) -> Iterator[str]:
    held = catalogue.get(message.text, message.context or None)
    if held is None:
        yield "is not"
        return
    texts = [held.string] if isinstance(held.string, str) else [*(held.string or ("",))]
    if not all(texts):
        yield "is empty"
    elif held.fuzzy:
        yield "is a guess (fuzzy)"
    elif any(_places(text) - _places(message.text) for text in texts):
        yield "names a place the text has not"
    elif not message.plural and _places(message.text) - _places(texts[0]):
        yield "leaves a place out"


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
        if not self._silent:
            self._note(data)

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
        if re.search(r"[\u4e00-\u9fff]", str(one.value))
    ]

"""Style and scripts are read by a Chromium of 2018."""

import pytest

from tidy import browsers
from tidy.house import Source, none, sources


def test_the_house_is_read_by_old_browsers() -> None:
    none([line for one in sources(".css") for line in browsers.newer_css(one)])
    none([line for one in sources(".js") for line in browsers.newer_js(one)])


@pytest.mark.parametrize(
    "seed",
    [
        "a:is(b, c) { color: red }",
        "a { display: flex; gap: 1rem }",
        "a { inset: 0 }",
        "a { width: min(10rem, 100%) }",
        "a { aspect-ratio: 1 }",
        "a { font-size: clamp(1rem, 2vw, 3rem) }",
        "a { margin-inline: auto }",
        "a { b & { color: red } }",
        "@media (width > 40rem) { a { color: red } }",
        "@layer base { a { color: red } }",
    ],
)
def test_newer_style_is_seen(seed: str) -> None:
    assert browsers.newer_css(Source("a.css", seed))


@pytest.mark.parametrize(
    "fine",
    [
        "a { display: grid; gap: 1rem; grid-template-columns: repeat(2, minmax(1rem, 1fr)) }",
        "a { clip-path: inset(50%) }",
        "/* :is( */ a::before { content: 'gap'; }",
        "a:not([type=radio]) { margin-inline-start: 1rem; max-width: 2rem }",
    ],
)
def test_style_of_its_time(fine: str) -> None:
    assert browsers.newer_css(Source("a.css", fine)) == []


@pytest.mark.parametrize(
    "seed",
    ["a?.b", "a ?? b", "a ||= b", "import('x')", "x.at(-1)", "const a = 1_000", "globalThis.a"],
)
def test_a_newer_script_is_seen(seed: str) -> None:
    assert browsers.newer_js(Source("a.js", seed))


@pytest.mark.parametrize(
    "fine", ["a ? .5 : 1", "/* a?.b */", 'say("why??")', "const f = async () => { await g(); }"]
)
def test_a_script_of_its_time(fine: str) -> None:
    assert browsers.newer_js(Source("a.js", fine)) == []

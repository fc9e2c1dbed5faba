"""What is drawn is read back by a reader of this file's own, written from ISO/IEC 18004."""

import re

from evenhand.web import qr

SIZE = 21
"""Modules of the smallest symbol, which has no alignment pattern."""
QUIET = 4
MASKS = (
    lambda r, c: (r + c) % 2,
    lambda r, c: r % 2,
    lambda r, c: c % 3,
    lambda r, c: (r + c) % 3,
    lambda r, c: (r // 2 + c // 3) % 2,
    lambda r, c: r * c % 2 + r * c % 3,
    lambda r, c: (r * c % 2 + r * c % 3) % 2,
    lambda r, c: ((r + c) % 2 + r * c % 3) % 2,
)


def dark(svg: str) -> set[tuple[int, int]]:
    """The dark modules (row, column), without the quiet zone, of the path's strokes."""
    path = re.search(r'class="qrline" stroke="#000" d="([^"]+)"', svg)
    assert path
    found, x, y = set(), 0.0, 0.0
    for move, first, second in re.findall(r"([Mmh])(-?[\d.]+)(?: (-?[\d.]+))?", path[1]):
        if move == "h":
            found |= {(int(y) - QUIET, int(x) + n - QUIET) for n in range(int(first))}
            x += int(first)
        else:
            x = float(first) + (x if move == "m" else 0)
            y = float(second) + (y if move == "m" else 0)
    return found


def said(modules: set[tuple[int, int]]) -> str:
    """The text of a symbol of the smallest size in byte mode, errors not corrected."""
    bits = [(8, column) in modules for column in (2, 3, 4)]
    mask = MASKS[sum(bit << (2 - n) for n, bit in enumerate(bits)) ^ 0b101]
    read = [
        ((row, column) in modules) ^ (mask(row, column) == 0)
        for row, column in zigzag()
        if not (row == 6 or (row < 9 and (column < 9 or column > 12)) or (row > 12 and column < 9))
    ]
    number = "".join("01"[bit] for bit in read)
    assert number[:4] == "0100", "byte mode"
    length = int(number[4:12], 2)
    octets = [number[12 + 8 * n : 20 + 8 * n] for n in range(length)]
    return bytes(int(octet, 2) for octet in octets).decode()


def zigzag() -> list[tuple[int, int]]:
    """Two columns at a time from the right, up and down by turns; column 6 is the timing's."""
    rights = [20, 18, 16, 14, 12, 10, 8, 5, 3, 1]
    rows = range(SIZE)
    return [
        (row, column)
        for turn, right in enumerate(rights)
        for row in (rows if turn % 2 else reversed(rows))
        for column in (right, right - 1)
    ]


def test_what_is_drawn_says_the_text() -> None:
    for text in ("evenhand", "a?b=c&d", "otpauth://x"):
        assert said(dark(qr.svg(text))) == text


def test_it_may_stand_in_a_page_that_allows_no_foreign_word() -> None:
    made = qr.svg("otpauth://totp/Evenhand:E%207?secret=" + "A" * 32)
    assert made.startswith("<svg ") and made.count("<svg") == 1
    assert not re.search(r"style|script|href|url\(|http|otpauth", made)

"""Verify an exported stream: python verify_stream.py FILE [FIRST 12 DIGITS PRINTED ON A RECEIPT]

Trusts nothing of Evenhand: it works every link out again, from the borrower's number on. Prints
what is wrong and exits 1, or exits 0. With the digits of a receipt it also says whether that
receipt's fact is still in the stream. Standard library only.
"""

import hashlib
import json
import sys


def faults(stream: dict, printed: str = "") -> list:
    """What is wrong with the stream, in words; empty where every link holds."""
    borrower, at, links = stream["borrower"], 0, []
    link = hashlib.sha256(b"evenhand 1 " + str(borrower).encode()).digest()
    for number, (*fields, written) in enumerate(stream["facts"], start=1):
        if fields[0] != borrower or fields[1] != number:
            return [f"fact {number} is missing or another's"]
        if fields[4] < at:
            return [f"fact {number} was learnt before the fact before it"]
        line = json.dumps(fields, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
        link, at = hashlib.sha256(link + line.encode()).digest(), fields[4]
        if link.hex() != written:
            return [f"fact {number} is not what was written"]
        links.append(written[:12])
    if stream["head"] != {"seq": len(links), "link": link.hex()}:
        return ["the head is not the last fact"]
    if printed and printed.lower() not in links:
        return [f"no fact of this stream prints {printed}"]
    return []


def main() -> int:
    if len(sys.argv) not in (2, 3):
        print(__doc__, file=sys.stderr)
        return 2
    with open(sys.argv[1], encoding="utf-8") as file:
        stream = json.load(file)
    wrong = faults(stream, *sys.argv[2:])
    print(wrong[0] if wrong else f"{len(stream['facts'])} facts, every link holds")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())

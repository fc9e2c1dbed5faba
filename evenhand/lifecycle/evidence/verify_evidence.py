"""Verify an evidence pack: python verify_evidence.py FILE

Trusts nothing of Evenhand: it works out every link, every text's commitment and every document's
digest again. Prints what is wrong and exits 1, or what holds and exits 0. Standard library only.
"""

import base64
import hashlib
import json
import sys


def link_faults(stream: dict) -> list:
    """What is wrong with the facts: each is linked to the one before it."""
    borrower, at, link = stream["borrower"], 0, b""
    link = hashlib.sha256(b"evenhand 1 " + str(borrower).encode()).digest()
    for number, (*fields, written) in enumerate(stream["facts"], start=1):
        line = json.dumps(fields, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
        link = hashlib.sha256(link + line.encode()).digest()
        if fields[:2] != [borrower, number] or fields[4] < at or link.hex() != written:
            return [f"fact {number} is not what was written"]
        at = fields[4]
    whole = {"seq": len(stream["facts"]), "link": link.hex()}
    return [] if stream["head"] == whole else ["the head is not the last fact"]


def text_faults(pack: dict) -> list:
    """Texts that are not what their fact is bound to."""
    bound = {fact[1]: fact[9].get("text", "") for fact in pack["stream"]["facts"]}
    return [
        f"the text of fact {text['seq']} is not what was committed to"
        for text in pack["texts"]
        if hashlib.sha256(bytes.fromhex(text["salt"]) + text["text"].encode()).hexdigest()
        != bound.get(text["seq"])
    ]


def document_faults(pack: dict) -> list:
    """Documents that no fact names, or that are not what it names."""
    named = {fact[9].get("document", "") for fact in pack["stream"]["facts"]}
    return [
        f"{one['name']} of loan {one['loan']} is not the document of the facts"
        for one in pack["documents"]
        if hashlib.sha256(base64.b64decode(one["pdf"])).hexdigest() != one["digest"]
        or one["digest"] not in named
    ]


def faults(pack: dict) -> list:
    """Everything that is wrong."""
    return link_faults(pack["stream"]) + text_faults(pack) + document_faults(pack)


def main() -> int:
    if len(sys.argv) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    with open(sys.argv[1], encoding="utf-8") as file:
        pack = json.load(file)
    wrong = faults(pack)
    parts = [(len(pack["stream"]["facts"]), "facts"), (len(pack["texts"]), "texts")]
    counts = ", ".join(f"{n} {what}" for n, what in [*parts, (len(pack["documents"]), "documents")])
    print("\n".join(wrong) if wrong else f"{counts}: everything holds")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())

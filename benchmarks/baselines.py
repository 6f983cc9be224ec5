"""The same work by what a user would otherwise pick: pandas with patterns, spaCy's EntityRuler.

Both read the exports, find the same lexicon's terms, prices and contacts, and count them; neither
masks, keeps spans of readings, decides polarity, nor writes an archive or a graph.
"""

import csv
import json
import re
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from benchmarks.measure import clock, own_peak

HEAD = re.compile(r"^\d{4}-\d\d-\d\d \d{1,2}:\d\d:\d\d .*\(\d+\)\s*$")
PRICE = r"(\d+(?:\.\d+)?)\s*(?:元|块|U|u|USDT)"
CONTACT = r"(?:QQ|扣扣|加Q：|微信|飞机|电报)[\s:@/.a-z]*([A-Za-z0-9_]{5,})"


def terms() -> list[str]:
    """The terms of the project's own lexicon, longest first."""
    folder = Path(__file__).parents[1] / "ingest" / "lexicon" / "data"
    listed: set[str] = set()
    for name in ("lexicon.tsv", "additions.tsv"):
        with (folder / name).open(encoding="utf-8", newline="") as rows:
            reader = csv.DictReader(rows, delimiter="\t", quoting=csv.QUOTE_NONE)
            listed.update(row["term"] for row in reader if len(row["term"]) > 1)
    return sorted(listed, key=lambda term: (-len(term), term))


def texts(folder: Path) -> Iterator[str]:
    """Message texts of the exports in a folder."""
    for path in sorted(folder.glob("*.txt")):
        lines = path.read_text(encoding="utf-8-sig").splitlines()
        for head, body in pairwise(lines):
            if HEAD.match(head):
                yield body


def by_pandas(folder: Path) -> int:
    """Messages read and searched by one alternation of all terms."""
    import pandas as pd

    frame = pd.DataFrame({"text": list(texts(folder))})
    pattern = re.compile("|".join(map(re.escape, terms())), re.IGNORECASE)
    frame["terms"] = frame["text"].map(pattern.findall)
    frame["price"] = frame["text"].str.extract(PRICE, expand=False)
    frame["contact"] = frame["text"].str.extract(CONTACT, expand=False)
    frame.explode("terms").groupby("terms").size().sort_values(ascending=False)
    return len(frame)


def by_expression(folder: Path) -> int:
    """Messages searched by one alternation of all terms, with a price and a contact pattern."""
    pattern = re.compile("|".join(map(re.escape, terms())), re.IGNORECASE)
    price, contact = re.compile(PRICE), re.compile(CONTACT)
    read = 0
    for text in texts(folder):
        pattern.findall(text)
        price.findall(text)
        contact.findall(text)
        read += 1
    return read


def by_json(folder: Path) -> int:
    """The same of Telegram's JSON, each file loaded whole."""
    pattern = re.compile("|".join(map(re.escape, terms())), re.IGNORECASE)
    price, contact = re.compile(PRICE), re.compile(CONTACT)
    read = 0
    for path in sorted(folder.glob("*.json")):
        for message in json.loads(path.read_text(encoding="utf-8"))["messages"]:
            text = message["text"]
            pattern.findall(text)
            price.findall(text)
            contact.findall(text)
            read += 1
    return read


def by_entity_ruler(folder: Path) -> int:
    """Messages read and searched by spaCy's EntityRuler on its Chinese tokenizer."""
    import spacy

    pipeline = spacy.blank("zh")
    ruler = pipeline.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "TERM", "pattern": term} for term in terms()])  # type: ignore[attr-defined]
    price, contact = re.compile(PRICE), re.compile(CONTACT)
    read = 0
    with pipeline.memory_zone():
        for document in pipeline.pipe(texts(folder), batch_size=2000):
            price.findall(document.text)
            contact.findall(document.text)
            read += len(document.ents) >= 0
    return read


if __name__ == "__main__":
    started = clock()
    ways = {
        "pandas": by_pandas,
        "ruler": by_entity_ruler,
        "expression": by_expression,
        "json": by_json,
    }
    count = ways[sys.argv[1]](Path(sys.argv[2]))
    print(count, clock() - started, own_peak())

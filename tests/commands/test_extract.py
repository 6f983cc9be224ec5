"""`extract`: the record of the interface, from lines, JSON lines, files and reports."""

import json
from pathlib import Path
from typing import Any

from tests.commands.inputs import OFFER
from tests.commands.process import here

KEYS = [
    *("post", "listing", "text", "lang", "voice", "date", "precision", "polarity", "confidence"),
    *("products", "sources", "methods", "quantities", "prices", "contacts", "escrow", "roles"),
    *("claims", "masked", "problems"),
]
INNER = {
    "products": ["id", "quote", "span"],
    "sources": ["id", "name", "kind", "quote", "span", "expanded", "cardinality"],
    "methods": ["id", "quote", "span"],
    "quantities": ["value", "unit", "period", "quote", "span"],
    "prices": ["value", "currency", "per", "min_quantity", "quote", "span"],
    "contacts": ["kind", "value", "quote", "span", "owner"],
    "escrow": ["id", "named", "quote", "span"],
    "roles": ["role", "confidence", "score", "cues"],
}
FULL = "出 股民 联通 抓取 日更5万条 0.5元一条 500条起 飞机@demo_name 汇旺担保 实时一手"
REPORT = (
    "# An invented market note\n\nIn early March 2021 a seller offered records of China Unicom "
    "customers for 0.5 USD each.\n\nPolice in Anhui arrested three persons on 4 March 2021.\n"
)


def _records(*words: str | Path, given: str | bytes = b"") -> list[Any]:
    done = here("extract", *words, given=given)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_the_record_is_exactly_that_of_the_interface() -> None:
    [record] = _records(given=FULL)
    assert list(record) == KEYS
    for slot, keys in INNER.items():
        assert record[slot], slot
        for entry in record[slot]:
            assert list(entry) == keys
            for quoted in entry.get("cues", [entry]):
                start, end = quoted["span"]
                assert record["text"][start:end] == quoted["quote"]
    claims = ["freshness", "exclusivity", "test", "jurisdictions", "fields"]
    assert list(record["claims"]) == claims
    assert record["polarity"] == "offer"


def test_text_lines_are_numbered_and_json_lines_keep_their_id() -> None:
    assert [r["post"] for r in _records(given=f"嗯\n\n{OFFER}\n")] == ["3"]
    lines = [{"id": 7, "text": OFFER}, {"id": "a", "text": OFFER}, {"text": OFFER}]
    given = "\n".join(json.dumps(line) for line in lines)
    assert [record["post"] for record in _records(given=given)] == ["7", "a", "3"]
    assert [r["post"] for r in _records("--all", given=f"嗯\n{OFFER}\n")] == ["1", "2"]


def test_a_file_and_one_json_document(tmp_path: Path) -> None:
    (tmp_path / "lines.txt").write_bytes(b"\xef\xbb\xbf" + OFFER.encode() + b"\r\n")
    [record] = _records(tmp_path / "lines.txt")
    done = here("extract", tmp_path / "lines.txt", "--format", "json")
    assert json.loads(done.stdout) == [record]
    assert record["text"] == OFFER


def test_what_was_asked_stands_beside_the_records(tmp_path: Path) -> None:
    (tmp_path / "note.md").write_text(REPORT)
    for words in ((), ("--explain",), ("--report", tmp_path / "note.md")):
        plain = here("extract", *words, "--format", "json", given=OFFER)
        with_meta = here("extract", *words, "--format", "json", "--meta", given=OFFER)
        document = json.loads(with_meta.stdout)
        assert document["rows"] == json.loads(plain.stdout)
        assert list(document["meta"])[:3] == ["query", "version", "parameters"]
        assert (document["meta"]["query"], document["meta"]["truncated"]) == ("extract", False)
    lines = here("extract", "--meta", given=OFFER).stdout.splitlines()
    assert list(json.loads(lines[0])) == KEYS


def test_victims_are_masked() -> None:
    number = "11010119900307461"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(int(digit) * weight for digit, weight in zip(number, weights, strict=True))
    identity = number + "10X98765432"[total % 11]
    line = f"出 股民 样本 身份证 {identity} 一手 飞机@demo_name"
    [record] = _records("--all", given=line)
    assert identity not in record["text"]
    assert len(record["text"]) == len(line)
    assert record["masked"] == 1


def test_bad_lines_are_skipped_and_told() -> None:
    lines = [b'{"id": 1, "text": ', b'{"id": 2}', b"\xff\xfe\xfd", b'{"id": [], "text": "x"}']
    done = here("extract", given=b"\n".join([*lines, OFFER.encode()]))
    assert done.returncode == 0
    assert json.loads(done.stdout)["post"] == "5"
    told = [line.partition(" skipped: ")[2] for line in done.stderr.splitlines()]
    reasons = ["not JSON", "no text in it", "not UTF-8", "its id is neither text nor a number"]
    assert len(told) == len(reasons)
    assert all(text.startswith(reason) for text, reason in zip(told, reasons, strict=True))


def test_nothing_readable_ends_with_5(tmp_path: Path) -> None:
    (tmp_path / "wide.txt").write_bytes(OFFER.encode("utf-16"))
    for path in (tmp_path / "none.txt", tmp_path, tmp_path / "wide.txt"):
        done = here("extract", path, "--format", "json")
        assert done.returncode == 5
        assert json.loads(done.stderr)["error"]["where"] == {"file": str(path)}
    done = here("extract", given=b'{"id": 2}\n')
    assert done.returncode == 5
    assert here("extract", given=b"").returncode == 0


def test_records_are_no_table() -> None:
    done = here("extract", "--format", "csv", given=OFFER)
    assert done.returncode == 2
    assert "--format json or jsonl" in done.stderr


def test_a_report(tmp_path: Path) -> None:
    (tmp_path / "note.md").write_text(REPORT)
    findings = _records("--report", tmp_path / "note.md")
    kinds = {finding["kind"] for finding in findings}
    assert {"listing", "event", "organisation"} <= kinds
    for finding in findings:
        start, end = finding["span"]
        assert REPORT[start:end] == finding["quote"]
        assert finding["text"] in REPORT
    [event] = [finding for finding in findings if finding["kind"] == "event"]
    assert (event["date"], event["precision"]) == ("2021-03-04", "day")
    assert event["measure"] == "apprehended"
    [listing] = [finding for finding in findings if finding["kind"] == "listing"]
    assert (listing["voice"], listing["date"]) == ("reported", "2021-03-01")
    assert listing["precision"] == "month"


def test_a_report_that_cannot_be_read(tmp_path: Path) -> None:
    assert here("extract", "--report", tmp_path / "none.md").returncode == 5
    assert here("extract", "--report", tmp_path).returncode == 5
    (tmp_path / "note.md").write_text(REPORT)
    done = here("extract", "lines.txt", "--report", tmp_path / "note.md")
    assert done.returncode == 2

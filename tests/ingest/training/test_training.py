"""Training for real, on a small invented set."""

import json
from pathlib import Path
from typing import Any

import pytest
from spacy.tokens import Doc, DocBin, Span
from spacy.vocab import Vocab

from evidence.errors import DataError, InputError
from ingest.extract import Rules, extract
from ingest.extract.rules import rules_version
from ingest.records import Listing, Text
from ingest.text.normalise import normalise
from ingest.training.model import Model, find_model, load_model, save_model
from ingest.training.sentences import Labelled, read_sentences
from ingest.training.train import Settings, train
from tests.ingest.training.labelled import rows, write

QUICK = Settings(epochs=20)


def _labelled(folder: Path, lines: list[Any], name: str = "labels.jsonl") -> Labelled:
    return read_sentences(write(folder / name, lines), normalise)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A patterns folder with a trained model."""
    base = tmp_path_factory.mktemp("trained")
    trained = train(_labelled(base, rows(110)), QUICK)
    (base / "patterns").mkdir()
    save_model(trained.model, base / "patterns" / "model")
    return base / "patterns"


@pytest.fixture(scope="module")
def by(folder: Path) -> Rules:
    return Rules.load([folder])


def _read(text: str, by: Rules) -> tuple[Listing, ...]:
    return extract([Text("1", text)], by)[0].listings


def test_the_same_sentences_give_the_same_model_in_any_order(tmp_path: Path, folder: Path) -> None:
    told: list[tuple[str, int, int | None]] = []
    again = train(
        _labelled(tmp_path, rows(110)[::-1]), QUICK, lambda *words: told.append(words)
    ).model
    known = load_model(folder / "model")
    assert again.version == known.version
    assert (told[0], told[-1]) == (("train", 0, 20), ("train", 20, 20))
    score = known.manifest.scores[0]
    assert score.label == "all"
    assert score.spans >= 5
    assert score.f1 > 0.8


def test_only_words_with_one_exact_meaning_become_values(by: Rules) -> None:
    (known,) = _read("出雷达货 0.5元一条 飞机@demo_name", by)
    assert [(p.id, p.quote) for p in known.products] == [("product/stock_leads", "雷达货")]
    assert known.problems == ()
    (unknown,) = _read("收北极熊 股民料 5万条 @demo_name1", by)
    assert [p.quote for p in unknown.products] == ["股民料"]
    assert "the trained model reads 北极熊 as PRODUCT" in unknown.problems
    assert _read("北极熊很可爱", by) == ()
    assert _read("雷达货车坏了", by) == ()


def test_a_more_exact_word_of_the_model_stands_before_a_vague_one(by: Rules) -> None:
    (listing,) = _read("出 橙汁数据 5万条 @demo_name1", by)
    assert [(p.id, p.quote) for p in listing.products] == [("product/health_leads", "橙汁数据")]


def test_a_rule_and_the_model_together_are_surer(tmp_path: Path, folder: Path) -> None:
    phrase = {"label": "product/stock_leads", "pattern": "雷达货"}
    alone = Rules.load([_with(tmp_path / "a", phrase)])
    both = Rules.load([_with(tmp_path / "b", phrase, model=folder / "model")])
    text = "出雷达货 0.5元一条 飞机@demo_name"
    (ruled,), (voted,) = _read(text, alone), _read(text, both)
    assert voted.products == ruled.products
    assert voted.confidence == round(1 - (1 - ruled.confidence) * 0.8, 2)
    (apart,) = _read("出股民料 @demo_name1", alone)
    (apart_too,) = _read("出股民料 @demo_name1", both)
    assert apart_too.confidence in (apart.confidence, round(1 - (1 - apart.confidence) * 0.8, 2))


def _with(folder: Path, row: dict[str, str], model: Path | None = None) -> Path:
    folder.mkdir()
    write(folder / "own.jsonl", [row])
    if model is not None:
        save_model(load_model(model), folder / "model")
    return folder


def test_one_by_one_and_together_are_the_same(by: Rules) -> None:
    model = by.own.model
    assert model is not None
    texts = [row["text"] for row in rows(40, seed=9)]
    with model.chunk(texts):
        together = [model.read(text) for text in texts]
    assert together == [model.read(text) for text in texts]
    assert model.read("") == model.read(" \n") == ()
    assert all(span.end <= 4000 for span in model.read("出雷达货 " * 3000))
    model.read("\ud800\0雷达货")


def test_the_version_of_the_rules_follows_the_model(
    tmp_path: Path, folder: Path, by: Rules
) -> None:
    assert rules_version([folder]) == by.version != rules_version([tmp_path])
    assert find_model([tmp_path]) is None


@pytest.mark.parametrize(
    "damage",
    ["weights", "short", "format", "json", "value", "spacy", "gone", "pickle"],
)
def test_a_damaged_model_is_named(tmp_path: Path, folder: Path, damage: str) -> None:
    model = tmp_path / "model"
    save_model(load_model(folder / "model"), model)
    manifest = json.loads((model / "model.json").read_text())
    if damage in ("weights", "pickle"):
        (model / "weights.bin").write_bytes(b"\x80\x04cos\nsystem\n(S'true'\ntR.")
    elif damage == "short":
        (model / "model.json").write_bytes((model / "model.json").read_bytes()[:50])
    elif damage == "json":
        (model / "model.json").write_bytes(b"[" * 100_000)
    elif damage == "gone":
        (model / "weights.bin").unlink()
    else:
        wrong = {"format": 9, "spacy": "2.3", "value": {"x": "role/boss"}}
        name = {"value": "surfaces"}.get(damage, damage)
        (model / "model.json").write_text(json.dumps({**manifest, name: wrong[damage]}))
    with pytest.raises(InputError, match="trained model in") as caught:
        Rules.load([tmp_path])
    assert "train-ner" in caught.value.hint


def test_weights_of_another_shape_are_refused_when_first_used(tmp_path: Path, folder: Path) -> None:
    known = load_model(folder / "model")
    with pytest.raises(InputError, match="do not fit"):
        Model(known.manifest, b"\xc1").read("雷达货")


def test_too_few_sentences(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="too few to learn from; 20 are the least") as caught:
        train(_labelled(tmp_path, rows(9)), QUICK)
    assert "heichan correct" in caught.value.hint


def test_rare_labels_are_left_out_and_told(tmp_path: Path) -> None:
    rare = {"text": "出 股民料 走担保", "spans": [[7, 9, "ESCROW"]]}
    trained = train(_labelled(tmp_path, [*rows(40), rare]), Settings(epochs=1))
    assert trained.left_out == {"ESCROW": 1}
    assert trained.model.manifest.labels == ("PRODUCT",)


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("{", "not JSON"),
        ("[" * 100_000, "nested too deep"),
        ({"text": 1, "spans": []}, "a line is"),
        ({"text": "出", "spans": None}, "spans is a list"),
        ({"text": "出", "spans": [[0, 1]]}, "a span is"),
        ({"text": "出", "spans": [[0, True, "X"]]}, "a span is"),
        ({"text": "出", "spans": [[0, 2, "PRODUCT"]]}, "lies outside"),
        ({"text": "出料", "spans": [[0, 2, "PRODUCT"], [1, 2, "PRODUCT"]]}, "overlaps"),
        ({"text": "出", "spans": [[0, 1, "x/y"]]}, "starts with none of"),
        ({"text": "出", "spans": [[0, 1, "X"]], "values": []}, "one list for each"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, line: Any, why: str) -> None:
    with pytest.raises(InputError, match=why) as caught:
        _labelled(tmp_path, [*rows(2), line])
    assert caught.value.where["line"] == 3


def test_values_as_corrections_write_them(tmp_path: Path) -> None:
    row = {
        "text": "联通 抓取 三网 蓝莓",
        "spans": [
            [0, 2, "SOURCE"],
            [3, 5, "METHOD"],
            [6, 8, "SOURCE"],
            [9, 11, "product/loan_leads"],
        ],
        "values": [["extraction_point org/operator/cn/china_unicom"], ["crawler"], ["a", "b"], []],
    }
    assert _labelled(tmp_path, [row]).surfaces() == {
        "抓取": "method/crawler",
        "联通": "org/operator/cn/china_unicom",
        "蓝莓": "product/loan_leads",
    }


def test_a_docbin_reads_as_the_lines_do(tmp_path: Path) -> None:
    doc = Doc(Vocab(), words=list("出雷达货"), spaces=[False] * 4)
    doc.set_ents([Span(doc, 1, 4, label="product/stock_leads")])
    DocBin(docs=[doc]).to_disk(tmp_path / "gold.spacy")
    labelled = read_sentences(tmp_path / "gold.spacy", normalise)
    assert labelled.surfaces() == {"雷达货": "product/stock_leads"}
    (tmp_path / "bad.spacy").write_bytes(b"\x80\x04nothing")
    with pytest.raises(InputError, match="no DocBin"):
        read_sentences(tmp_path / "bad.spacy", normalise)
    with pytest.raises(InputError, match="is no file"):
        read_sentences(tmp_path, normalise)

"""A user's own tables: chosen by their columns, checked, merged with the packaged ones."""

from pathlib import Path

import pytest

from evidence.errors import InputError
from ingest.lexicon import load_lexicon
from ingest.lexicon.own import unread_files

_TERMS = "term\tlang\tcategory\tcanonical\tambiguous\tsource\n"
_CONTACTS = "cue\tkind\tvalue\tstrength\tsource\n"
_ROLES = "role\tcue\tlang\tweight\tcorpus_lines\tsource\n"


def _write(folder: Path, name: str, content: str, encoding: str = "utf-8") -> Path:
    (folder / name).write_text(content, encoding)
    return folder


def test_the_first_line_chooses_the_table(tmp_path: Path) -> None:
    _write(tmp_path, "contacts.tsv", _CONTACTS + "蓝莓\ttelegram\thandle\tplain\tM\n", "utf-8-sig")
    _write(tmp_path, "roles.tsv", _ROLES + "insider\t在里头\tzh\t1.5\t0\tM\r\n")
    _write(tmp_path, "names.tsv", "id\tname\tsource\norg/app/demo/berry\tBerry\tM\n")
    _write(tmp_path, "._names.tsv", "\0")
    lexicon = load_lexicon([tmp_path])
    assert any((c.cue, c.kind) == ("蓝莓", "telegram") for c in lexicon.contact_cues)
    assert any((c.cue, c.weight) == ("在里头", 1.5) for c in lexicon.role_cues)
    assert lexicon.names["org/app/demo/berry"] == "Berry"


def test_an_own_row_replaces_the_packaged_ones_like_it(tmp_path: Path) -> None:
    before = load_lexicon().terms["股民"]
    assert [s.canonical for s in before] == ["product/stock_leads"]
    _write(tmp_path, "a.tsv", _TERMS + "股民\tzh\tdata_product\tproduct/loan_leads\tn\tM\n")
    after = load_lexicon([tmp_path]).terms["股民"]
    assert [(s.canonical, s.ambiguous) for s in after] == [("product/loan_leads", False)]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (_TERMS + "雷达\tzh\tdata_products\tproduct/stock_leads\tn\tM\n", "category"),
        (_TERMS + "雷达\tzh\tdata_product\tservice/ddos\tn\tM\n", "canonical such as product/"),
        (_TERMS + "雷达\tzh\tmethod\tmethod/crawlr\tn\tM\n", "did you mean method/crawler?"),
        (_TERMS + "雷达\tzh\tsource_app\torg/berry\tn\tM\n", "a source has"),
        (_TERMS + "料\tzh\tdata_product\tproduct/stock_leads\tn\tM\n", "one character"),
        (_CONTACTS + "蓝莓\tpigeon\thandle\tplain\tM\n", "kind 'pigeon' is none of"),
        (_CONTACTS + "蓝莓\ttelegram\thandel\tplain\tM\n", "value 'handel' is none of"),
        (_ROLES + "insider\t在里头\tzh\tmuch\t0\tM\n", "'much' is not a number"),
        (_ROLES + "insider\t在里头\tzh\tnan\t0\tM\n", "'nan' is not a number"),
        (_ROLES + "wizard\t在里头\tzh\t1\t0\tM\n", "role 'wizard' is none of"),
        ("id\tname\tsource\nberry\tBerry\tM\n", "does not start with org/"),
        ("class\tterm\tlang\tsource\nsel\tx\tzh\tM\n", "class 'sel' is none of"),
    ],
)
def test_a_row_that_could_not_be_used_is_named(tmp_path: Path, content: str, why: str) -> None:
    with pytest.raises(InputError) as caught:
        load_lexicon([_write(tmp_path, "own.tsv", content)])
    assert why in caught.value.message
    assert caught.value.where == {"file": "own.tsv", "line": 2}


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("", "must name the columns"),
        ("term,lang,category,canonical,ambiguous,source\n", "apart by commas"),
        ("name\tlang\tpattern\tsource\nx\tzh\t(a+)+$\tM\n", "write a pattern instead"),
        ("head\tact\tnot_behind\tsource\n", "write a pattern instead"),
    ],
)
def test_a_file_that_holds_no_table_is_named(tmp_path: Path, content: str, why: str) -> None:
    with pytest.raises(InputError) as caught:
        load_lexicon([_write(tmp_path, "own.tsv", content)])
    assert why in caught.value.message
    assert caught.value.where == {"file": "own.tsv", "line": 1}


def test_hostile_bytes_and_folders_under_the_name_of_a_file(tmp_path: Path) -> None:
    (tmp_path / "a.tsv").write_bytes(_TERMS.encode() + b"\xff\xfe\0")
    with pytest.raises(InputError, match="UTF-8"):
        load_lexicon([tmp_path])
    (tmp_path / "a.tsv").unlink()
    (tmp_path / "b.tsv").mkdir()
    with pytest.raises(InputError, match=r"b\.tsv"):
        load_lexicon([tmp_path])


def test_files_that_nothing_reads_are_known(tmp_path: Path) -> None:
    for name in ("a.tsv", "b.jsonl", "README.md", "terms.csv", ".hidden"):
        _write(tmp_path, name, "")
    assert [path.name for path in unread_files([tmp_path])] == ["terms.csv"]

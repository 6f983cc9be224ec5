"""Loading and checking of the data files."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.errors import InputError
from ingest.lexicon import load_lexicon
from ingest.lexicon.load import LEARNED, _at_once, _numbered, _rows, normals, packaged_path
from ingest.text.normalise import normalise
from tests.ingest.extract.reading import read

_HEAD = "term\tlang\tcategory\tcanonical\tambiguous\tsource\n"


def test_every_organisation_has_a_name() -> None:
    lexicon = load_lexicon()
    named = {
        sense.canonical
        for senses in lexicon.terms.values()
        for sense in senses
        if sense.canonical.startswith("org/")
        and not sense.canonical.endswith(("/generic", "/all_three"))
    }
    assert named == set(lexicon.names)


def test_the_version_is_a_hash_of_the_data(tmp_path: Path) -> None:
    extra = tmp_path / "own.tsv"
    extra.write_text(_HEAD + "菜籽\tzh\tdata_product\tproduct/stock_leads\tn\tM\n", "utf-8")
    plain = load_lexicon()
    added = load_lexicon([tmp_path])
    assert plain.version == load_lexicon().version
    assert added.version != plain.version
    assert added.terms["菜籽"][0].canonical == "product/stock_leads"
    assert read("出菜籽 @demo_name").listings == ()


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ("a\tb\n", 1),
        (_HEAD + "x\tzh\tdata_product\tproduct/x\tn\n", 2),
        (_HEAD + "x\tfr\tdata_product\tproduct/x\tn\tM\n", 2),
        (_HEAD + "x\tzh\tdata_product\tproduct/x\tmaybe\tM\n", 2),
        (_HEAD + " \tzh\tdata_product\tproduct/x\tn\tM\n", 2),
        (_HEAD + "x\tzh\tdata_product\tproduct\tn\tM\n", 2),
    ],
)
def test_a_bad_row_is_named(tmp_path: Path, content: str, line: int) -> None:
    extra = tmp_path / "own.tsv"
    extra.write_text(content, "utf-8")
    with pytest.raises(InputError) as caught:
        load_lexicon([extra])
    assert caught.value.where == {"file": "own.tsv", "line": line}


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        load_lexicon([tmp_path / "none.tsv"])


@given(st.lists(st.text(st.characters(exclude_characters="\n")), max_size=6))
def test_cells_read_at_once_are_read_as_each_by_itself(cells: list[str]) -> None:
    assert normals(cells) == [normalise(cell).text.strip() for cell in cells]


def test_terms_of_categories_keep_their_order() -> None:
    lexicon = load_lexicon()
    wanted = {"geo", "role"}
    found = [
        (term, senses)
        for term, senses in lexicon.terms.items()
        if wanted & {sense.category for sense in senses}
    ]
    assert lexicon.terms_of("role", "geo") == found
    assert lexicon.terms_of("nothing") == []


@pytest.mark.parametrize("name", LEARNED)
def test_learned_tables_are_read_at_once_as_row_by_row(name: str) -> None:
    content = packaged_path(name).read_bytes()
    assert _at_once(content, LEARNED[name]) == [row for _, row in _numbered(content, name, name)]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"feature\tweight\na\t1\nb\n", "columns"),
        (b"\nfeature\tweight\na\t1\n", "first line"),
        (b"feature\tweight\na\xff\t1\n", "UTF-8"),
    ],
)
def test_faults_of_learned_tables_are_told(content: bytes, told: str) -> None:
    with pytest.raises(InputError, match=told):
        _rows(content, "manner", "manner.tsv")


def test_line_ends_of_learned_tables_do_not_count() -> None:
    assert _rows(b"feature\tweight\r\na\t1\r\n", "manner", "manner.tsv") == [("a", "1")]

"""The build on a real case: files in, store loaded, nothing done twice."""

import json
from importlib.metadata import version
from pathlib import Path

from evidence.case import Case, create_case
from graph.build import state
from graph.build.run import build
from graph.store import open_store
from ingest.options import IngestOptions
from ingest.pipeline import ingest

CHATS = {
    "one": [
        "出 股民料 当天实时 0.5元一条 飞机@seller_one",
        "早上好",
        "求购 网贷料 5000条 @wants_one",
    ],
    "two": [
        "出 母婴料 一手 1元一条 500条起 飞机@seller_two",
        "在吗",
        "收 快递面单 长期 @wants_two",
    ],
}


def _export(folder: Path, name: str, number: int) -> Path:
    messages = [
        {
            "id": index + 1,
            "type": "message",
            "date": f"2021-03-0{index + 1}T10:00:00",
            "date_unixtime": str(1_614_564_000 + index * 86_400),
            "from": f"{name} {index % 2}",
            "from_id": f"user{number}00{index % 2}",
            "text": text,
            "text_entities": [{"type": "plain", "text": text}],
        }
        for index, text in enumerate(CHATS[name])
    ]
    path = folder / name / "result.json"
    path.parent.mkdir(parents=True)
    chat = {"name": name, "type": "private_supergroup", "id": number, "messages": messages}
    path.write_text(json.dumps(chat, ensure_ascii=False), encoding="utf-8")
    return path


def _case(folder: Path, *names: str) -> Case:
    case = create_case(folder / "case")
    paths = [_export(folder, name, sorted(CHATS).index(name) + 11) for name in names]
    for path in paths:
        ingest(case, [path], IngestOptions(jobs=1))
    return case


def test_a_build_loads_the_store_and_an_unchanged_archive_is_not_built_again(
    tmp_path: Path,
) -> None:
    case = _case(tmp_path, "one")
    first = build(case)
    assert first.changed
    store = open_store(case)
    info = store.build_info()
    counted = store.run("MATCH (l:Listing) RETURN count(l) AS n").rows
    store.close()
    assert info is not None
    assert info["snapshot"] == first.snapshot
    assert info["case_id"] == case.settings.id
    assert counted[0]["n"] >= 2
    again = build(case)
    assert not again.changed
    assert again.snapshot == first.snapshot
    anew = build(case, full=True)
    assert anew.reread > 0
    assert anew.snapshot == first.snapshot
    assert anew.document()["nodes"] == first.nodes


def test_another_file_is_noticed(tmp_path: Path) -> None:
    case = _case(tmp_path, "one")
    first = build(case)
    ingest(case, [_export(tmp_path, "two", 12)], IngestOptions(jobs=1))
    second = build(case)
    assert second.changed
    assert second.nodes > first.nodes


def test_the_order_of_files_does_not_count(tmp_path: Path) -> None:
    found = set()
    for number, names in enumerate((("one", "two"), ("two", "one"))):
        folder = tmp_path / str(number)
        folder.mkdir()
        found.add(build(_case(folder, *names)).snapshot)
    assert len(found) == 1


def test_what_moves_no_last_row_is_noticed(tmp_path: Path) -> None:
    case = _case(tmp_path, "one")
    first = build(case)
    with case.archive() as archive:
        archive.connection.execute("UPDATE account SET bot = 1 WHERE n = 1")
    assert build(case).snapshot != first.snapshot
    assert not build(case).changed


def test_a_build_that_noted_no_last_rows_is_known_again(tmp_path: Path) -> None:
    case = _case(tmp_path, "one")
    build(case)
    with case.archive() as archive:
        archive.connection.execute("DELETE FROM setting WHERE name = 'build_ends'")
    assert not build(case).changed


def test_inputs_asked_beside_a_build_are_those_of_the_archive_behind_it(tmp_path: Path) -> None:
    case = _case(tmp_path, "one", "two")
    build(case)
    with case.reader() as archive:
        kept = state.stored(archive.connection)
        given = archive.connection, case.settings, version("heichan")
        assert (kept["build_inputs"], kept["build_ends"]) == (
            state.inputs(*given),
            state.ends(*given),
        )

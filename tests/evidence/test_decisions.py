from pathlib import Path

import pytest

from evidence.audit import append_audit, verify_audit
from evidence.case import create_case
from evidence.decisions import decide, decision_log, decisions_in_force, undo
from evidence.errors import NotFoundError, UsageError


def test_decisions_are_appended_undone_and_redone(tmp_path: Path) -> None:
    with create_case(tmp_path / "c").archive() as archive, archive.transaction() as connection:
        mark = decide(connection, "mark", "venue:qq:1", "shared", author="a", reason="r", at=1)
        note = decide(connection, "note", "venue:qq:1", "x", author="a", reason="r", at=2)
        assert decisions_in_force(connection) == [mark, note]
        first = undo(connection, mark.id, author="b", reason="wrong", at=3)
        assert decisions_in_force(connection) == [note]
        assert decisions_in_force(connection, "mark") == []
        undo(connection, first.id, author="a", reason="was right", at=4)
        assert decisions_in_force(connection, "mark") == [mark]
        assert [decision.kind for decision in decision_log(connection)] == [
            "mark",
            "note",
            "undo",
            "undo",
        ]


def test_equal_decisions_have_ids_of_their_own(tmp_path: Path) -> None:
    with create_case(tmp_path / "c").archive() as archive, archive.transaction() as connection:
        ids = {
            decide(connection, "mark", "t", "v", author="a", reason="r", at=1).id for _ in range(3)
        }
    assert len(ids) == 3


def test_what_cannot_be_decided(tmp_path: Path) -> None:
    with create_case(tmp_path / "c").archive() as archive, archive.transaction() as connection:
        with pytest.raises(UsageError, match="reason"):
            decide(connection, "mark", "t", "v", author="a", reason=" ")
        with pytest.raises(NotFoundError):
            undo(connection, "decision:none", author="a", reason="r")
        mark = decide(connection, "mark", "t", "v", author="a", reason="r")
        undo(connection, mark.id, author="a", reason="r")
        with pytest.raises(UsageError, match="undone"):
            undo(connection, mark.id, author="a", reason="r")


def test_the_audit_log_shows_a_change(tmp_path: Path) -> None:
    with create_case(tmp_path / "c").archive() as archive, archive.transaction() as connection:
        for number in range(3):
            head = append_audit(connection, "query", {"name": f"q{number}", "rows": number})
        state = verify_audit(connection)
        assert (state.entries, state.head, state.broken) == (3, head, None)
        connection.execute("UPDATE audit SET detail = '{}' WHERE n = 2")
        assert verify_audit(connection).broken == 2


def test_the_audit_log_masks_what_was_typed(tmp_path: Path) -> None:
    with create_case(tmp_path / "c").archive() as archive, archive.transaction() as connection:
        append_audit(connection, "search", {"text": "张伟 110101199003070134"})
        (detail,) = connection.execute("SELECT detail FROM audit").fetchone()
    assert "110101199003070134" not in detail

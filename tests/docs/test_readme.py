import re
from pathlib import Path

from docs.picture import README, picture, shown


def test_the_picture_is_what_the_demo_prints() -> None:
    assert shown() == picture(), "run make docs"


def test_links_lead_somewhere() -> None:
    text = README.read_text(encoding="utf-8")
    links = re.findall(r"\]\(([^)#]+)\)", text)
    assert links
    assert [link for link in links if not (README.parent / link).exists()] == []


def test_commands_named_in_the_readme_exist() -> None:
    commands = (Path(README.parent) / "docs" / "commands.md").read_text(encoding="utf-8")
    named = set(re.findall(r"heichan(?: --case \S+)? ([a-z]+)", README.read_text("utf-8")))
    assert {name for name in named if f"## heichan {name}" not in commands} <= {"which"}

from docs.generate import FOLDER, pages


def test_the_references_are_what_the_code_says() -> None:
    for name, text in pages().items():
        assert (FOLDER / name).read_text(encoding="utf-8") == text, f"{name}: run make docs"

"""Query files found, read and checked: `queries/<pack>/<name>.cypher` or `.sql`."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from evidence.errors import DataError, NotFoundError
from queries.findings import Finding, Severity
from queries.header import Header, parse, split

SHIPPED = Path(__file__).parent
RESERVED = "all"
_COMMENTS = {".cypher": "//", ".sql": "--"}


class Query(msgspec.Struct, frozen=True):
    """A canned query; `body` is the text without its head."""

    id: str
    pack: str
    header: Header
    body: str
    path: Path


class Problem(msgspec.Struct, frozen=True):
    """What `query validate` found in a file; a query with an error cannot be run."""

    path: Path
    query: str
    message: str
    severity: Severity = "error"
    line: int | None = None


class Packs(msgspec.Struct, frozen=True):
    """All queries that can be run, by id, and what was wrong with files."""

    queries: dict[str, Query]
    problems: list[Problem]

    def get(self, name: str) -> Query:
        """The query of this id. Raises NotFoundError with the nearest names."""
        if name in self.queries:
            return self.queries[name]
        for problem in self.problems:
            if problem.query == name:
                hint = f"`heichan query validate` lists what to put right in {problem.path}"
                raise NotFoundError(f"{name} cannot be run: {problem.message}", hint=hint)
        from rapidfuzz import process

        near = [found[0] for found in process.extract(name, sorted(self.queries), limit=5)]
        hint = f"near to it: {', '.join(near)}; all of them: heichan query list"
        raise NotFoundError(f"no query named {name}", hint=hint)

    def pack(self, name: str) -> list[Query]:
        """Queries of a pack by id. Raises NotFoundError with the packs that exist."""
        found = [query for query in self.queries.values() if query.pack == name]
        if not found:
            known = sorted({query.pack for query in self.queries.values()})
            raise NotFoundError(f"no pack named {name}", hint=f"there are: {', '.join(known)}")
        return found


def load_packs(extra: Iterable[Path] = (), *, lint_shipped: bool = True) -> Packs:
    """The shipped packs and those in further folders. Files with errors become problems.

    What ships was linted before it was released: to run a query, `lint_shipped` can be left out.
    """
    queries: dict[str, Query] = {}
    problems: list[Problem] = []
    for folder in (SHIPPED, *extra):
        own = folder != SHIPPED
        for path in _files(folder):
            query = _read(path, problems)
            if query is None:
                continue
            found = _linted(query) if lint_shipped or own else []
            if query.id in queries:
                first = queries[query.id].path
                twin = f"{query.id} stands in {first} too"
                found.append(Problem(path, query.id, twin, line=1))
            problems += found
            if not any(problem.severity == "error" for problem in found):
                queries[query.id] = query
    return Packs(dict(sorted(queries.items())), problems)


def validate(packs: Packs) -> list[Problem]:
    """Everything that is wrong, by file; empty where all is well."""
    return sorted(packs.problems, key=lambda p: (str(p.path), p.severity, p.message))


def _files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.glob("*/*")):
        if path.suffix in _COMMENTS and path.is_file():
            yield path


def _read(path: Path, problems: list[Problem]) -> Query | None:
    name = f"{path.parent.name}.{path.stem}"
    try:
        text = path.read_text(encoding="utf-8")
        head, body = split(text, _COMMENTS[path.suffix], {"file": str(path)})
        header = parse(head, {"file": str(path)})
    except DataError as error:
        line = error.where.get("line")
        problems.append(Problem(path, name, error.message, line=int(line) if line else None))
        return None
    except (OSError, UnicodeDecodeError) as error:
        problems.append(Problem(path, name, f"cannot be read: {error}"))
        return None
    if wrong := _misnamed(header, name, path):
        problems.append(Problem(path, name, wrong, line=2))
        return None
    return Query(header.id, path.parent.name, header, body, path)


def _linted(query: Query) -> list[Problem]:
    # The schema, the tokenizer and the steps: more than all that a list of queries needs.
    from queries.lint import lint

    return [_placed(query, one) for one in lint(query.header, query.body)]


def _placed(query: Query, finding: Finding) -> Problem:
    """The finding with its line in the file; the head's first where it is about the head."""
    line = 1 if finding.line is None else _body_starts(query.path) + finding.line - 1
    return Problem(query.path, query.id, finding.message, finding.severity, line)


def _body_starts(path: Path) -> int:
    """The line on which the body of a query file begins, from 1."""
    lines = path.read_text(encoding="utf-8").splitlines()
    fence = f"{_COMMENTS[path.suffix]} ---"
    behind = [at for at, line in enumerate(lines, 1) if line.rstrip() == fence][1]
    return next((at for at in range(behind, len(lines)) if lines[at].strip()), behind) + 1


def _misnamed(header: Header, name: str, path: Path) -> str:
    if header.id != name or path.parent.name == RESERVED:
        return f"the id is {header.id}; by folder and file it must be {name}, the pack not `all`"
    engine = "archive" if path.suffix == ".sql" else "cypher"
    return "" if header.engine == engine else f"a {path.suffix} file has engine: {engine}"

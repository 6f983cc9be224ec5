"""The options of an ingest, checked and loaded before anything is touched."""

from hashlib import sha256
from mimetypes import guess_type
from pathlib import Path

import msgspec

from evidence.archive.filing import FileFacts, FileRow
from evidence.errors import UsageError
from evidence.settings import zone_of
from graph import ids
from ingest.coverage import Stretch, read_coverage
from ingest.manifest import Manifest, read_manifest
from ingest.options import IngestOptions
from ingest.plan import InputFile, encoding_of
from ingest.readers import ReadOptions, load_mapping


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """Loaded options. `changing`: those that change what is read, by name."""

    options: IngestOptions
    read: ReadOptions
    zone: str
    zone_by_option: bool
    changing: dict[str, str]
    coverage: tuple[Stretch, ...] = ()
    manifest: Manifest | None = None
    companions: tuple[Path, ...] = ()
    """Files given by options: no input, also where they lie in a folder that is."""

    def file_options(self, file: InputFile) -> dict[str, str]:
        """The options that change what is read of this file."""
        return {**self.changing, "reader": file.reader.name, "zone": self.zone}

    def facts(self, file: InputFile) -> FileFacts:
        """What a case keeps of this file before it is read."""
        encoding = encoding_of(file)
        return FileFacts(
            sha256=file.sha256,
            path=file.source.name,
            size=file.size,
            media_kind=guess_type(file.source.name)[0] or "application/octet-stream",
            reader=file.reader.name,
            options=self.file_options(file),
            zone=self.zone,
            zone_basis="option" if self.zone_by_option else "case",
            encoding=encoding.codec if encoding else None,
            encoding_basis=encoding.basis if encoding else None,
            origin=self.options.received_from,
            tlp=self.options.tlp,
            parent=file.parent,
        )

    def run_id(self, files: list[InputFile]) -> str:
        """Id of the run over these files."""
        options = {**self.changing, "zone": self.zone}
        if self.options.reader:
            options["reader"] = self.options.reader
        return ids.run([file.sha256 for file in files], options)

    def same_reading(self, row: FileRow, file: InputFile) -> bool:
        """Whether the archive's reading of a file was made with equal options."""
        old, new = dict(row.options), self.file_options(file)
        if row.zone_basis == "file":
            old.pop("zone", None)
            new.pop("zone", None)
        return old == new


def make_request(default_zone: str, options: IngestOptions) -> Request:
    """Checks and loads the options; UsageError or InputError names the wrong one."""
    mapping = load_mapping(options.mapping) if options.mapping else None
    read = ReadOptions(mapping=mapping, venue=options.venue)
    if options.jobs is not None and options.jobs < 1:
        raise UsageError(f"--jobs is {options.jobs}", hint="use 1 or more")
    _check_accounts(options.own_accounts)
    zone = options.tz or (mapping.zone if mapping else None) or default_zone
    zone_of(zone)
    changing = {"venue": options.venue} if options.venue else {}
    if options.mapping:
        changing["mapping"] = sha256(options.mapping.read_bytes()).hexdigest()
    companions = (options.mapping, options.coverage, options.manifest)
    return Request(
        options=options,
        read=read,
        zone=zone,
        zone_by_option=zone != default_zone or options.tz is not None,
        changing=changing,
        coverage=tuple(read_coverage(options.coverage)) if options.coverage else (),
        manifest=read_manifest(options.manifest) if options.manifest else None,
        companions=tuple(path for path in companions if path),
    )


def _check_accounts(accounts: tuple[str, ...]) -> None:
    for account in accounts:
        parts = account.split(":", 2)
        if len(parts) < 3 or parts[0] != "account" or not all(parts):
            raise UsageError(
                f"not an account id: {account}", hint="write account:<platform>:<number>"
            )

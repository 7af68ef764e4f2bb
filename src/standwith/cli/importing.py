"""`standwith import`: documents that unions have become the draft of a campaign folder.

Invariant: nothing that exists is ever overwritten, and nothing is written before every document was read. What a copy
carries unseen is said here only, never written into the folder.
"""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from standwith.campaigns import kinds
from standwith.campaigns.folder import load_files
from standwith.campaigns.importing import Brought, ImportRefused, Wishes, bring
from standwith.campaigns.importing.telling import REPORT, summarise
from standwith.cli.new import identify, refuse_existing
from standwith.cli.refusal import Refusal
from standwith.documents import Document, DocumentRefused, read_document
from standwith.durable.files import make_directories, sync_directories, write_together
from standwith.manuscript import Slip


def import_documents(
    files: Annotated[
        list[Path], typer.Argument(help="Documents: .docx, .odt, .html, .md, .txt, .pdf with text.", metavar="FILES")
    ],
    to: Annotated[Path, typer.Option("--to", help="The folder to make; its name becomes the campaign's id.")],
    language: Annotated[str, typer.Option(help="Which language version is the source; the first if left out.")] = "",
    title: Annotated[str, typer.Option(help="What the campaign is called; the document's title if left out.")] = "",
    owner: Annotated[str, typer.Option(help="The organisation that answers for the campaign.")] = "",
    email: Annotated[str, typer.Option(help="The address at which it can be reached.")] = "",
    addressee: Annotated[str, typer.Option(help="Of whom the campaign demands something.")] = "",
    encoding: Annotated[str, typer.Option(help="The encoding of text that is not UTF-8, such as windows-1251.")] = "",
    json: Annotated[bool, typer.Option("--json", help="For programs: the report as JSON.")] = False,
) -> None:
    """Make a campaign folder from documents: statement, translations, organisations, sources; nothing is lost."""
    refuse_existing(to)
    now = datetime.now(UTC).date()
    _check(title=title, owner=owner, email=email, addressee=addressee)
    wishes = Wishes(
        identifier=identify(to),
        today=now,
        language=language,
        title=title,
        owner=owner,
        email=email,
        addressee=addressee,
    )
    try:
        brought = bring([_read(file, encoding) for file in files], wishes)
    except ImportRefused as problem:
        raise Refusal(str(problem)) from None
    _write(to, brought)
    if json:
        typer.echo(msgspec.json.format(msgspec.json.encode(brought.told), indent=2).decode())
    else:
        _say(to, brought)


def _check(**answers: str) -> None:
    """The options that go into campaign.toml as they are."""
    for name, answer in answers.items():
        try:
            (kinds.parse_email if name == "email" and answer else kinds.parse_line)(answer)
        except Slip as slip:
            raise Refusal(f"--{name}: {slip.what}") from None


def _read(file: Path, encoding: str) -> tuple[Document, bytes]:
    try:
        data = file.read_bytes()
    except OSError as error:
        raise Refusal(f"{file} cannot be read: {error.strerror}.") from None
    try:
        return read_document(file.name, data, encoding), data
    except DocumentRefused as problem:
        raise Refusal(f"{file} cannot be imported: {problem}") from None


def _write(folder: Path, brought: Brought) -> None:
    paths = {folder / name: data for name, data in brought.files.items()}
    try:
        changed = make_directories({path.parent for path in paths})
        write_together(paths)
        sync_directories(changed)
    except OSError as error:
        raise Refusal(f"{folder} cannot be written: {error.strerror}.") from None


def _say(folder: Path, brought: Brought) -> None:
    """What was found, what is wrong with it, and what to do next."""
    for line in summarise(brought.told):
        typer.echo(line)
    errors = [finding for finding in load_files(brought.files).findings if finding.severity == "error"]
    for finding in errors:
        typer.echo(f"{finding.file}:{finding.line}: {finding.what} {finding.mend}")
    typer.echo(f"\nWrote {len(brought.files)} files to {folder}. Read {folder / REPORT}: it says what to look at.")
    typer.echo(f"Then: standwith check {folder}")

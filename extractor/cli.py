"""The command ``extractor``: it parses, calls the library and prints.

Exit codes: 0 done; 1 a check is below its floors; 2 wrong usage; 3 something could not be
read or written; 4 bad rules. Errors are one line each on standard error.
"""

from __future__ import annotations

import datetime as dt
import signal
import sys
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated, Any, Literal, cast

import msgspec
import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import track

from extractor import batch, derivation, display, schema
from extractor import check as checking
from extractor.errors import UNREADABLE, InputError, PressFiguresError, RuleError, UsageError
from extractor.examples import needless, run_examples, without_examples
from extractor.known import load_known
from extractor.matchers.periods import PeriodMatcher
from extractor.matchers.quantities import QuantityMatcher
from extractor.pipeline import Extractor, as_date
from extractor.quantities_io import Matchers, predictions
from extractor.reading import RawRelease, read, read_stream
from extractor.reading.encoding import check_encoding
from extractor.records import to_json
from extractor.ruleset import load_rules
from extractor.writing import FORMATS, Format, Outputs, pretty

BELOW_FLOORS = 1

app = typer.Typer(
    add_completion=False,
    pretty_exceptions_enable=False,
    no_args_is_help=False,
    help="Figures, percentages and named policies out of Chinese press releases.",
)
rules_app = typer.Typer(help="The language knowledge in rules/.")
app.add_typer(rules_app, name="rules")


def _formats(given: str) -> tuple[Format, ...]:
    names = tuple(name.strip() for name in given.split(","))
    for name in names:
        if name not in FORMATS:
            raise UsageError(f"--format: unknown format {name!r}; known: {', '.join(FORMATS)}")
    return cast("tuple[Format, ...]", names)


Published = Annotated[
    str | None,
    typer.Option(metavar="YYYY-MM-DD", help="The day of publication, if the text does not say."),
]
Encoding = Annotated[
    str | None, typer.Option(help="The encoding of the input; otherwise it is detected.")
]
Rules = Annotated[
    list[Path] | None,
    typer.Option(metavar="DIR|FILE", help="Further rules: a folder, or one .toml or .jsonl file."),
]
Region = Annotated[
    Literal["CN", "HK", "TW", "MO"] | None,
    typer.Option(help="The press it belongs to, if the text does not say."),
]
Derive = Annotated[
    bool, typer.Option("--derive", help="Add records of what follows from several numbers.")
]


@app.callback(invoke_without_command=True)
def extractor(
    context: typer.Context,
    show_version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> None:
    """Figures, percentages and named policies out of Chinese press releases."""
    if show_version:
        print(f"press-figures {version('press-figures')}")
    elif context.invoked_subcommand is None:
        print(context.get_help())


@app.command()
def run(
    inputs: Annotated[list[str], typer.Argument(metavar="INPUT...", help="Files, folders, globs.")],
    output: Annotated[Path, typer.Option(help="The folder to write to.")] = Path("outputs"),
    formats: Annotated[str, typer.Option("--format", help="Any of json,jsonl,csv.")] = ",".join(
        FORMATS
    ),
    jobs: Annotated[
        int | None, typer.Option(min=1, help="Processes; by default as many as pay.")
    ] = None,
    published: Published = None,
    encoding: Encoding = None,
    region: Region = None,
    rules: Rules = None,
    derive: Derive = False,
) -> None:
    """Extract many releases into a folder: one JSON each, all records, a register of policies."""
    chosen = _formats(formats)
    check_encoding(encoding)
    settings = batch.Settings(
        rules=tuple(rules or ()), region=region, published=as_date(published), derive=derive
    )
    paths = batch.find_inputs(inputs, output=output)
    outcomes = batch.extract_all(
        paths, settings, jobs=jobs or batch.processes_for(paths), encoding=encoding
    )
    progress = Console(stderr=True)
    summary = display.Run()
    with Outputs(output, chosen) as outputs:
        for outcome in track(
            outcomes, total=len(paths), console=progress, disable=not progress.is_terminal
        ):
            if isinstance(outcome, batch.Unreadable):
                summary.unreadable += 1
                outputs.add_unreadable(outcome.file, outcome.reason)
                _complain(outcome.reason)
            else:
                summary.add(outputs.add(outcome.name, outcome.document), outcome)
    _console().print(display.run_table(summary))
    if summary.unreadable:
        raise typer.Exit(UNREADABLE)


@app.command()
def extract(
    file: Annotated[str, typer.Argument(metavar="FILE|-", help="- is standard input.")],
    published: Published = None,
    tokens: Annotated[bool, typer.Option("--tokens", help="Add the words of the text.")] = False,
    encoding: Encoding = None,
    region: Region = None,
    rules: Rules = None,
    derive: Derive = False,
) -> None:
    """Extract one release and print it as JSON."""
    release = _one_release(file, encoding, published)
    extraction = Extractor(rules=rules or (), region=region).extract(
        release.text, published=release.published, source=release.source, derive=derive
    )
    document: Any = extraction.document
    if tokens:
        words = [msgspec.structs.asdict(token) for token in extraction.tokens]
        document = {**msgspec.structs.asdict(document), "tokens": words}
    print(pretty(document))


@app.command()
def explain(
    file: Annotated[str, typer.Argument(metavar="FILE|-", help="- is standard input.")],
    records: Annotated[
        list[str] | None,
        typer.Option(
            "--record", metavar="ID", help="Only this record: its id, or what follows the dash."
        ),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print the derivation as JSON.")] = False,
    published: Published = None,
    encoding: Encoding = None,
    region: Region = None,
    rules: Rules = None,
    derive: Derive = False,
) -> None:
    """Say of every record of a release what it was derived from, and what was turned down."""
    release = _one_release(file, encoding, published)
    explanation = Extractor(rules=rules or (), region=region).explain(
        release.text, published=release.published, source=release.source, derive=derive
    )
    if records:
        explanation = explanation.only(records)
    if json:
        print(pretty(explanation))
        return
    console = _console(width=derivation.PAGE)
    for piece in derivation.render(explanation, console.width):
        with console.capture() as page:
            console.print(piece, highlight=False)
        for line in page.get().splitlines():
            print(line.rstrip())


@app.command()
def check(
    path: Annotated[Path, typer.Argument(help="A folder of known figures, or one file.")],
    fails: Annotated[int, typer.Option(min=0, help="How many failures to name.")] = 40,
    json: Annotated[bool, typer.Option("--json", help="Print all of it as JSON.")] = False,
    rules: Rules = None,
) -> None:
    """Compare known figures with what is extracted; exit 1 below the floors."""
    result = checking.check(load_known(path), Extractor(rules=rules or ()))
    floors = path / checking.FLOORS
    below = list(checking.below_floors(result, floors)) if floors.exists() else []
    if json:
        print(pretty(checking.as_json(result)))
    else:
        console = _console()
        for one in result.failures[:fails]:
            console.print(escape(checking.line(one)), soft_wrap=True, highlight=False)
        if len(result.failures) > fails > 0:
            console.print(f"… and {len(result.failures) - fails} more (--fails)")
        for table in display.check_tables(result):
            console.print(table)
    for line in below:
        _complain(line)
    if below:
        raise typer.Exit(BELOW_FLOORS)


@app.command("schema")
def print_schema(
    register: Annotated[
        bool, typer.Option("--register", help="That of policies.json, the register of a run.")
    ] = False,
    explanation: Annotated[
        bool, typer.Option("--explanation", help="That of what explain --json prints.")
    ] = False,
) -> None:
    """Print the JSON Schema of the output."""
    if register and explanation:
        raise UsageError("--register and --explanation: one at a time")
    if explanation:
        print(pretty(schema.explanation_schema()))
    else:
        print(pretty(schema.register_schema() if register else schema.json_schema()))


@rules_app.command("check")
def check_rules(
    folders: Annotated[
        list[Path] | None, typer.Argument(metavar="DIR...", help="Further rules.")
    ] = None,
) -> None:
    """Validate the rules and run every example that they carry."""
    ruleset = load_rules(tuple(folders or ()))
    outcomes = list(
        run_examples(ruleset, lambda region: Extractor(rules=folders or (), region=region))
    )
    failed = (one for one in outcomes if one is not None)
    unneeded = needless(ruleset, load_rules(), lambda region: Extractor(region=region))
    if mistakes := (*without_examples(ruleset), *failed, *unneeded):
        raise RuleError(mistakes)
    print(f"rules: {len(outcomes)} examples hold")


@app.command()
def quantities(
    file: Annotated[str, typer.Argument(metavar="[FILE|-]")] = "-",
    jsonl: Annotated[
        bool, typer.Option("--jsonl", help='Read lines {"id","text","ref"?}, write predictions.')
    ] = False,
    reference: Annotated[
        str | None,
        typer.Option(metavar="YYYY-MM-DD", help="The day that relative periods count from."),
    ] = None,
    region: Region = None,
    rules: Rules = None,
) -> None:
    """Print every quantity and period of a text."""
    day = as_date(reference)
    ruleset = load_rules(tuple(rules or ()))
    matchers = Matchers(quantities=QuantityMatcher(ruleset), periods=PeriodMatcher(ruleset))
    if jsonl:
        for line in _lines(file):
            found = predictions(matchers, line.text, _moment(line.ref, file) or day, region=region)
            print(to_json({"id": line.id, "predictions": found}).decode())
        return
    text = _one_release(file).text
    found = predictions(matchers, text, day, region=region, style="press")
    _console().print(display.quantity_table(found, text))


class _Line(msgspec.Struct):
    id: str
    text: str
    ref: str | None = None
    """A day, or a moment of one, in ISO form."""


def _lines(file: str) -> Iterator[_Line]:
    decoder = msgspec.json.Decoder(_Line)
    with sys.stdin.buffer if file == "-" else Path(file).open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            if line.strip():
                try:
                    yield decoder.decode(line)
                except msgspec.DecodeError as error:
                    raise InputError(f"{file}, line {number}: {error}") from error


def _moment(given: str | None, file: str) -> dt.datetime | None:
    try:
        return None if given is None else dt.datetime.fromisoformat(given)
    except ValueError:
        raise InputError(f"{file}: ref {given!r} is not a day or moment in ISO form") from None


def _one_release(
    file: str, encoding: str | None = None, published: str | None = None
) -> RawRelease:
    """The release in ``file``, of the day ``published`` where its container gives none."""
    day = as_date(published)
    check_encoding(encoding)
    path = Path(file)
    if path.is_dir():
        raise InputError(f"{file}: a folder; extractor run reads folders")
    standard_input = file == "-"
    found = read_stream(sys.stdin.buffer, encoding=encoding) if standard_input else None
    releases = list(found if found is not None else read(path, encoding=encoding))
    for one in releases:
        if isinstance(one, InputError):
            raise one
    if len(releases) > 1:
        raise UsageError(f"{file}: {len(releases)} releases; extractor run reads them all")
    release = cast("RawRelease", releases[0])
    return msgspec.structs.replace(release, published=release.published or day)


def _console(*, width: int = 160) -> Console:
    """Standard output for tables: in a pipe as wide as ``width``, not as 80 columns."""
    console = Console()
    return console if console.is_terminal else Console(width=width)


def _complain(line: str) -> None:
    print(f"extractor: {line}", file=sys.stderr)


def status(arguments: Sequence[str]) -> int:
    """Run the command with ``arguments``; whatever the user got wrong is a line and a code."""
    try:
        return app(arguments, standalone_mode=False) or 0
    except typer.TyperException as error:
        _complain(" ".join(error.format_message().split()))
        return error.exit_code
    except PressFiguresError as error:
        for line in str(error).splitlines():
            _complain(line)
        return error.exit_code
    except OSError as error:
        _complain(f"{error.filename or 'output'}: {(error.strerror or str(error)).lower()}")
        return UNREADABLE


def _end(number: int, _frame: object) -> None:
    sys.exit(128 + number)


def main() -> None:
    """The entry point: streams and signals as a command of a shell has them."""
    for stream in (sys.stdout, sys.stderr):
        # Chinese comes out whole in any locale, also in C.
        cast("TextIOWrapper", stream).reconfigure(encoding="utf-8", errors="backslashreplace")
    if hasattr(signal, "SIGPIPE"):
        # A reader that goes away (… | head) ends the command without a word.
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    # Asked to end, a command still takes away what it has half written.
    signal.signal(signal.SIGTERM, _end)
    sys.exit(status(sys.argv[1:]))

"""The command: what it prints, where it writes, how it ends."""

from __future__ import annotations

import json
import os
import re
import shlex
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from extractor.tables.quantities import UnitRule
from tests.conftest import RELEASE, ROOT, Command


def subprocess_of(
    *arguments: str, environment: dict[str, str] | None = None
) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "extractor", *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
    )


def test_extract_prints_one_document_unescaped(command: Command, release: Path) -> None:
    done = command("extract", release)
    assert (done.code, done.err) == (0, "")
    document = json.loads(done.out)
    assert list(document) == ["schema", "release", "records", "warnings"]
    assert document["schema"] == "press-figures/1"
    assert document["release"]["title"] == "濱江市上半年旅遊數據公布"
    assert document["release"]["source"] == str(release)
    assert {"1,250萬人次", "8.5%"} <= {record["quote"] for record in document["records"]}
    assert "人次" in done.out
    assert r"\u" not in done.out


def test_extract_reads_standard_input_like_a_file(command: Command, release: Path) -> None:
    from_file = json.loads(command("extract", release).out)
    from_stream = json.loads(command("extract", "-", stdin=RELEASE.encode()).out)
    assert from_stream["release"].pop("source") is None
    from_file["release"].pop("source")
    assert from_stream == from_file


def test_published_is_taken_where_the_text_says_nothing(command: Command) -> None:
    text = "夜市重開\n\n夜市昨晚重開，接待遊客2萬人次。\n"
    done = command("extract", "-", "--published", "2024-03-05", stdin=text.encode())
    assert json.loads(done.out)["release"]["published"] == "2024-03-05"
    assert (
        json.loads(command("extract", "-", stdin=text.encode()).out)["release"]["published"] is None
    )


def test_tokens_carry_original_offsets(command: Command, release: Path) -> None:
    document = json.loads(command("extract", release, "--tokens").out)
    assert document["tokens"]
    for token in document["tokens"]:
        assert RELEASE[token["start"] : token["end"]] == token["text"]


def test_output_is_utf8_in_any_locale(release: Path) -> None:
    environment = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"}
    process = subprocess_of("extract", str(release), environment=environment)
    out, err = process.communicate()
    assert (process.returncode, err) == (0, b"")
    assert "濱江晚報" in out.decode("utf-8")


def test_a_reader_that_goes_away_is_no_error(release: Path) -> None:
    process = subprocess_of("extract", str(release))
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    assert process.wait() == -signal.SIGPIPE
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.stdin is not None
    process.stdin.close()


@pytest.mark.parametrize(
    ("arguments", "stdin", "code", "said"),
    [
        (["extract", "missing.txt"], b"", 3, "missing.txt: no such file or directory"),
        (["extract", "."], b"", 3, "a folder; extractor run reads folders"),
        (["extract", "-"], b"", 3, "standard input: empty"),
        (["extract", "-"], b" \n\t\r\n", 3, "standard input: empty"),
        (["extract", "-"], "\u3000\n".encode(), 3, "standard input: empty"),
        (["extract", "-"], b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 3, "binary"),
        (["extract", "-"], "增長5%".encode() * 9 + b"\xff", 3, "byte 0xff at offset 72"),
        (["extract", "-", "--encoding", "klingon"], b"x", 2, "unknown encoding 'klingon'"),
        (["extract", "-", "--published", "2024-02-30"], b"x", 2, "'2024-02-30': not a day"),
        (["extract", "-", "--published", "yesterday"], b"x", 2, "'yesterday': not a day"),
        (["extract", "-", "--region", "JP"], b"x", 2, "'JP' is not one of"),
        (["explain", "missing.txt"], b"", 3, "missing.txt: no such file or directory"),
        (["explain", "-", "--record", "f7"], "增長5%。".encode(), 2, "record 'f7': none of the 1"),
        (["explain", "-", "--published", "2024-02-30"], b"x", 2, "'2024-02-30': not a day"),
        (["schema", "--register", "--explanation"], b"", 2, "one at a time"),
        (["quantities", "missing.txt", "--jsonl"], b"", 3, "missing.txt: no such file"),
        (["quantities", "--jsonl"], b'{"id": 1}', 3, "-, line 1: "),
        (["quantities", "--jsonl"], b'{"id":"a","text":"b","ref":"c"}', 3, "ref 'c' is not"),
        (["extract"], b"", 2, "Missing argument"),
        (["extract", "-", "--speling"], b"", 2, "No such option: --speling"),
        (["perform"], b"", 2, "No such command 'perform'"),
        (["run", "empty"], b"", 3, "empty: no releases in this folder"),
        (["run", ".", "--format", "xml"], b"", 2, "unknown format 'xml'"),
        (["run", ".", "--jobs", "0"], b"", 2, "--jobs"),
        (["check", "empty"], b"", 3, "empty: no known figures here"),
        (["run", "file.pdf", "--output", "file.pdf"], b"", 3, "file.pdf: a file is in the way"),
        (
            ["run", "file.pdf", "--output", "file.pdf/out"],
            b"",
            3,
            "file.pdf/out: a file is in the way",
        ),
        (["extract", "file.pdf"], b"", 3, "file.pdf: cannot read .pdf; readable are .txt"),
        (["extract", "-", "--published", "2024/01/25"], b"x", 2, "write it as YYYY-MM-DD"),
        (["rules", "check", "file.pdf"], b"", 4, "file.pdf: no rule file (*.toml, *.jsonl)"),
        (["rules", "check", "missing"], b"", 4, "missing: no such file or folder"),
        (["rules", "check", "empty"], b"", 4, "empty: no rule file"),
        (["extract", "-", "--rules", "empty"], b"x", 4, "empty: no rule file"),
    ],
)
def test_mistakes_end_in_one_line_and_a_code(
    command: Command,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    arguments: list[str],
    stdin: bytes,
    code: int,
    said: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty").mkdir()
    (tmp_path / "file.pdf").write_bytes(b"kept")
    done = command(*arguments, stdin=stdin)
    assert (tmp_path / "file.pdf").read_bytes() == b"kept"
    assert done.code == code
    assert done.out == ""
    assert said in done.err
    assert done.err.startswith("extractor: ")
    assert done.err.count("\n") == 1
    assert not (tmp_path / "outputs").exists()


def test_every_mistake_in_the_rules_is_named(command: Command, tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text('[[header_label]]\nfeild = "editor"\n', encoding="utf-8")
    (tmp_path / "b.toml").write_text("[[no_such_table]]\n", encoding="utf-8")
    (tmp_path / "c.toml").write_text("broken", encoding="utf-8")
    done = command("rules", "check", tmp_path)
    assert done.code == 4
    lines = done.err.splitlines()
    assert len(lines) == 5
    assert all(line.startswith("extractor: ") for line in lines)
    for said in (
        "a.toml: [[header_label]] #1: feild",
        "field: missing",
        "labels: missing",
        "b.toml",
        "c.toml",
    ):
        assert said in done.err


RULES = {
    '[[cue]]\nkind = "rize"\nwords = ["大升"]': (
        "kind: no pattern names 'rize'; perhaps 'rise' is meant"
    ),
    '[[cue]]\nkind = "rise"\nwords = ["大升"]\nfollowed_by = ["figur"]': (
        "followed_by: no mark is a 'figur'; perhaps 'figure' is meant"
    ),
    '[[relation]]\nname = "x"\npattern = "cue=rize figure=percent"': (
        "pattern: unknown kind of mark 'rize'"
    ),
    '[[relation]]\nname = "x"\npattern = "cue=rise percent"': "pattern: name one mark figure=…",
    '[[phrase]]\nname = "x"\nkind = "rise"\npattern = "(rise"': "pattern: '(rise': missing )",
    '[[phrase]]\nname = "x"\nkind = "text"\npattern = "text*"': (
        "pattern: 'text*' matches where there is no mark"
    ),
    '[[phrase]]\nname = "x"\nkind = "text"\npattern = "text* &(comma)"': (
        "pattern: 'text* &(comma)' matches where there is no mark"
    ),
    '[[spell]]\nname = "x"\nreason = "no"\nafter = "("': "after: missing )",
    '[[not_quantity]]\nname = "x"\nreason = "no"\npattern = "("': "pattern: missing )",
    '[[relation]]\nname = "x"\npattern = "cue=rise figure=percent"\nexamples = '
    '[{ text = "售價上升5%。", quote = "5%", measure = "growth" }]': "its examples hold without it",
}


@pytest.mark.parametrize(("rule", "said"), RULES.items())
def test_a_rule_that_reads_nothing_is_named(
    command: Command, tmp_path: Path, rule: str, said: str
) -> None:
    (tmp_path / "own.toml").write_text(rule, encoding="utf-8")
    done = command("rules", "check", tmp_path)
    assert (done.code, done.out, done.err.count("\n")) == (4, "", 1)
    table = rule.partition("\n")[0]
    assert done.err.startswith(f"extractor: own.toml: {table} #1")
    assert said in done.err


def test_an_entry_without_an_example_is_named(command: Command, tmp_path: Path) -> None:
    rule = '[[policy]]\nwords = ["長者友善通城"]\ncategory = "scheme"\n'
    (tmp_path / "own.toml").write_text(rule, encoding="utf-8")
    done = command("rules", "check", tmp_path / "own.toml")
    assert done.code == 4
    assert done.err.splitlines() == ["extractor: own.toml: [[policy]] #1: no example of its own"]


def test_a_run_writes_every_format_and_sums_up(
    command: Command, release: Path, tmp_path: Path
) -> None:
    output = tmp_path / "out"
    done = command("run", release.parent, "--output", output)
    assert (done.code, done.err) == (0, "")
    assert sorted(path.name for path in output.iterdir()) == [
        "binjiang.json",
        "policies.json",
        "records.csv",
        "records.jsonl",
        "releases.csv",
        "releases.jsonl",
    ]
    document = json.loads((output / "binjiang.json").read_text(encoding="utf-8"))
    lines = (output / "records.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line) for line in lines] == document["records"]
    assert "releases: 1" in done.out
    assert str(sum(record["type"] == "percentage" for record in document["records"])) in done.out


def test_a_run_goes_on_past_what_it_cannot_read(
    command: Command, release: Path, tmp_path: Path
) -> None:
    (release.parent / "a-binary.txt").write_bytes(b"\0\1\2")
    (release.parent / "z-empty.txt").write_bytes(b"")
    output = tmp_path / "out"
    done = command("run", release.parent, "missing.txt", "--output", output)
    assert done.code == 3
    assert len(done.err.splitlines()) == 3
    assert (output / "binjiang.json").exists()
    reasons = (output / "unreadable.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["reason"] for line in reasons] == [
        line.removeprefix("extractor: ") for line in done.err.splitlines()
    ]
    assert "3 unreadable" in done.out


def test_a_clean_run_leaves_no_old_list_of_unreadable_inputs(
    command: Command, release: Path, tmp_path: Path
) -> None:
    output = tmp_path / "out"
    assert command("run", release, "missing.txt", "--output", output).code == 3
    assert command("run", release, "--output", output).code == 0
    assert not (output / "unreadable.jsonl").exists()


def test_a_folder_that_cannot_be_written_to(
    command: Command, release: Path, tmp_path: Path
) -> None:
    done = command("run", release, "--output", tmp_path / ("x" * 300))
    assert (done.code, done.out, done.err.count("\n")) == (3, "", 1)
    assert "cannot be written to (file name too long); name another folder" in done.err
    assert [path.name for path in tmp_path.iterdir()] == [release.parent.name]


def test_a_folder_given_twice_is_read_once(command: Command, release: Path, tmp_path: Path) -> None:
    folder, output = release.parent, tmp_path / "out"
    done = command("run", folder, f"{folder}/.", release, "--output", output)
    assert (done.code, done.err) == (0, "")
    assert "releases: 1" in done.out
    assert [path.stem for path in output.glob("*.json")].count("binjiang") == 1
    assert not (output / "binjiang-2.json").exists()


def test_schema_and_version(command: Command) -> None:
    assert json.loads(command("schema").out)["$id"] == "press-figures/1"
    assert command("--version").out.startswith("press-figures ")
    assert "extract" in command().out


def test_quantities_speak_lines_of_json(command: Command) -> None:
    lines = [
        {"id": "a", "text": "出口增長12.5%"},
        {"id": "b", "text": "共三萬人", "ref": "2024-01-01"},
    ]
    stdin = "\n".join(json.dumps(line) for line in lines).encode()
    done = command("quantities", "--jsonl", stdin=stdin)
    assert (done.code, done.err) == (0, "")
    answers = [json.loads(line) for line in done.out.splitlines()]
    assert [answer["id"] for answer in answers] == ["a", "b"]
    assert answers[0]["predictions"][0]["value"] == 12.5
    assert answers[1]["predictions"][0]["value"] == 30000


def test_quantities_print_a_table(command: Command) -> None:
    done = command("quantities", "-", stdin="出口增長12.5%。".encode())
    assert done.code == 0
    assert "12.5%" in done.out


DOCUMENTS = [ROOT / part / "README.md" for part in (".", "extractor", "rules", "corpus")]


def blocks_of(document: Path, language: str) -> list[str]:
    """The code blocks of a document that are in a language."""
    text = document.read_text(encoding="utf-8")
    return re.findall(rf"^```(?:{language})\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


def test_documented_python_runs(capsys: pytest.CaptureFixture[str]) -> None:
    exec("\n".join(blocks_of(DOCUMENTS[0], "python")), {})
    assert capsys.readouterr().out == "8.5% 8.5 企業 growth yoy\n"


def test_documented_rules_hold(command: Command, tmp_path: Path) -> None:
    document = ROOT / "rules" / "README.md"
    for language, name in (("toml", "own.toml"), ("json", "own.jsonl")):
        (tmp_path / name).write_text("".join(blocks_of(document, language)), encoding="utf-8")
    done = command("rules", "check", tmp_path / "own.toml")
    assert (done.code, done.err) == (0, "")
    assert command("extract", "-", "--rules", tmp_path, stdin="增長5%。".encode()).code == 0


def test_every_key_of_a_unit_is_explained() -> None:
    text = DOCUMENTS[2].read_text("utf-8")
    head = (ROOT / "rules" / "units.toml").read_text("utf-8").partition("[[unit]]")[0]
    keys = set(UnitRule.__struct_fields__) - {"examples", "counterexamples"}
    assert not [key for key in sorted(keys) if f"`{key}`" not in text + head]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.parent.name)
def test_links_in_the_documents_lead_somewhere(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    for path, place in re.findall(r"\]\(([^)#:]*)#?([^)]*)\)", text):
        target = document.parent / path if path else document
        assert target.exists(), path
        if place:
            headings = re.findall(r"^#+ (.+)$", target.read_text(encoding="utf-8"), re.MULTILINE)
            assert place in [
                re.sub(r"[^\w-]", "", one.lower().replace(" ", "-")) for one in headings
            ]


def commands_in_the_documents() -> list[str]:
    """Every ``extractor …`` line in a code block of the documents."""
    blocks = [block for document in DOCUMENTS for block in blocks_of(document, "sh|console")]
    lines = (line.strip().removeprefix("$ ") for block in blocks for line in block.splitlines())
    return sorted(
        {
            part.strip()
            for line in lines
            for part in line.split("|")
            if re.match(r"\s*extractor\b", part)
        }
    )


@pytest.mark.parametrize("line", commands_in_the_documents())
def test_documented_commands_exist(command: Command, line: str) -> None:
    words = shlex.split(line, comments=True)[1:]
    names: list[str] = []
    for word in words:
        if command(*names, word, "--help").code != 0 or word.startswith("-"):
            break
        names.append(word)
        if len(names) == 2 or names[0] != "rules":
            break
    help_text = command(*names, "--help").out
    assert names or words[0].startswith("--"), f"no such command: {line}"
    for option in (word.partition("=")[0] for word in words if word.startswith("--")):
        assert option in help_text, f"no such option in {names}: {option}"


def test_the_documents_show_commands() -> None:
    assert len(commands_in_the_documents()) >= 6

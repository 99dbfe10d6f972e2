"""Many releases: which inputs are meant, in which order results come, how files are written."""

from __future__ import annotations

import csv
import json
import os
import pickle
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest
from msgspec import structs

from extractor import Extractor
from extractor.batch import Extracted, Settings, Unreadable, extract_all, find_inputs, processes_for
from extractor.errors import InputError, RuleError, UsageError
from extractor.records import Figure, Release
from extractor.report import COLUMNS, csv_row, to_frame
from extractor.writing import POLICIES, Outputs, beside
from tests.conftest import CORPUS, RELEASE, ROOT, Command


def write(path: Path, text: str = RELEASE) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_a_folder_stands_for_its_releases_and_nothing_else(tmp_path: Path) -> None:
    wanted = [write(tmp_path / name) for name in ("a.txt", "b/c.txt", "b/d.jsonl", "z.md")]
    for name in (
        "a.known.json",
        "README.md",
        ".hidden.txt",
        ".git/x.txt",
        "picture.png",
        "out/a.txt",
        "b/records.jsonl",
        "b/unreadable.jsonl",
    ):
        write(tmp_path / name)
    assert find_inputs([str(tmp_path)], output=tmp_path / "out") == wanted


def test_an_input_counts_once_however_it_is_named(tmp_path: Path) -> None:
    a, b = write(tmp_path / "a.txt"), write(tmp_path / "b.txt")
    given = [str(b), str(tmp_path), str(tmp_path / "*.txt"), str(tmp_path / "." / "a.txt")]
    assert find_inputs(given) == [b, a]


def test_a_glob_may_reach_into_folders(tmp_path: Path) -> None:
    deep = write(tmp_path / "x" / "y" / "deep.txt")
    assert find_inputs([str(tmp_path / "**" / "*.txt")]) == [deep]


def test_a_name_that_looks_like_a_glob_is_a_name_first(tmp_path: Path) -> None:
    odd = write(tmp_path / "a[1].txt")
    write(tmp_path / "a1.txt")
    assert find_inputs([str(odd)]) == [odd]


def test_a_folder_without_releases_is_said(tmp_path: Path) -> None:
    write(tmp_path / "a.known.json")
    with pytest.raises(InputError, match="no releases in this folder"):
        find_inputs([str(tmp_path)])


def test_results_come_in_the_order_of_the_inputs_on_any_number_of_processes(tmp_path: Path) -> None:
    paths = [
        write(tmp_path / f"{n}.txt", f"第{n}號\n\n全市新增{n + 2}家企業。\n") for n in range(20)
    ]
    paths.insert(7, tmp_path / "missing.txt")
    alone = list(extract_all(paths, Settings()))
    together = list(extract_all(paths, Settings(), jobs=2))
    assert together == alone
    assert [one.name for one in alone if isinstance(one, Extracted)] == [str(n) for n in range(20)]
    assert isinstance(alone[7], Unreadable)


def test_bad_rules_show_before_anything_is_extracted(tmp_path: Path) -> None:
    with pytest.raises(RuleError):
        extract_all([], Settings(rules=(tmp_path,)), jobs=2)


def test_few_texts_take_one_process(tmp_path: Path) -> None:
    small = write(tmp_path / "a.txt")
    large = write(tmp_path / "b.txt", RELEASE * 20_000)
    assert processes_for([small, tmp_path / "missing.txt"]) == 1
    assert processes_for([small, large]) == min(os.cpu_count() or 1, 4)


def test_two_inputs_of_one_name_do_not_overwrite_each_other(
    command: Command, tmp_path: Path
) -> None:
    for folder in ("a", "b"):
        write(tmp_path / folder / "x.txt", f"全市新增{len(folder)}家{folder}企業。")
    write(tmp_path / "c" / "X.txt")
    write(tmp_path / "c" / "records.txt")
    write(tmp_path / "c" / "Policies.txt")
    output = tmp_path / "out"
    assert command("run", *(tmp_path / one for one in "abc"), "--output", output).code == 0
    files = [path for path in output.glob("*.json") if path.name != POLICIES]
    assert {path.stem for path in files} == {"x", "x-2", "X-3", "records-2", "Policies-2"}
    sources = {json.loads(path.read_text("utf-8"))["release"]["source"] for path in files}
    assert len(sources) == 5


def test_lines_of_json_are_releases_of_their_own(command: Command, tmp_path: Path) -> None:
    lines = [
        {"id": "../a/b", "text": "全市新增3家企業。", "published": "2024-03-05", "more": 1},
        {"text": "全市新增4家企業。"},
        {"id": "bad", "text": "", "published": "2024-03-05"},
        {"id": "worse", "text": "全市新增5家企業。", "published": "2024-13-05"},
        {"id": 7, "text": "全市新增6家企業。"},
    ]
    file = tmp_path / "many.jsonl"
    file.write_text("\n\n".join(json.dumps(one, ensure_ascii=False) for one in lines), "utf-8")
    output = tmp_path / "out"
    done = command("run", file, "--output", output)
    assert done.code == 3
    assert [line.split(": ")[1] for line in done.err.splitlines()] == [
        f"{file}, line 5",
        f"{file}, line 7",
    ]
    assert sorted(path.name for path in output.glob("*.json")) == [
        "7.json",
        "a-b.json",
        "many-3.json",
        POLICIES,
    ]
    release = json.loads((output / "a-b.json").read_text("utf-8"))["release"]
    assert (release["source"], release["published"]) == ("../a/b", "2024-03-05")


def test_a_run_that_breaks_off_leaves_the_last_one_whole(
    tmp_path: Path, extractor: Extractor
) -> None:
    document = extractor.extract(RELEASE).document
    with Outputs(tmp_path) as outputs:
        outputs.add("first", document)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}

    def break_off() -> None:
        with Outputs(tmp_path) as outputs:
            outputs.add("second", document)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        break_off()
    after = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert after.pop("second.json") == before["first.json"]
    assert after == before


def test_a_file_is_there_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "x.json"

    def fail() -> None:
        with beside(path) as file:
            file.write("half")
            raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        fail()
    assert list(tmp_path.iterdir()) == []


def test_an_output_that_is_no_folder_is_said(command: Command, release: Path) -> None:
    done = command("run", release, "--output", release)
    assert (done.code, done.err.count("\n")) == (3, 1)


def test_formats_can_be_chosen(command: Command, release: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    assert command("run", release, "--output", output, "--format", "csv").code == 0
    assert sorted(path.name for path in output.iterdir()) == ["records.csv", "releases.csv"]


def test_a_record_is_led_back_to_its_release(
    command: Command, release: Path, tmp_path: Path
) -> None:
    command("run", release, "--output", tmp_path / "out")
    records = pd.read_csv(tmp_path / "out" / "records.csv")
    releases = pd.read_csv(tmp_path / "out" / "releases.csv")
    (line,) = (tmp_path / "out" / "releases.jsonl").read_text("utf-8").splitlines()
    joined = records.merge(releases, left_on="release_id", right_on="id")
    assert len(joined) == len(records) > 0
    assert set(joined["file"]) == {"binjiang"} == {json.loads(line)["file"]}
    assert set(joined["source"]) == {str(release)} == {json.loads(line)["source"]}


def test_the_csv_opens_in_a_spreadsheet_and_in_pandas(
    command: Command, release: Path, tmp_path: Path
) -> None:
    output = tmp_path / "out"
    command("run", release, "--output", output)
    data = (output / "records.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbftype,id,release_id,quote,")
    rows = list(csv.DictReader(data.decode("utf-8-sig").splitlines()))
    document = json.loads((output / "binjiang.json").read_text("utf-8"))
    assert [row["quote"] for row in rows] == [one["quote"] for one in document["records"]]
    growth = next(row for row in rows if row["quote"] == "8.5%")
    assert (growth["type"], growth["value"], growth["low"]) == ("percentage", "8.5", "")
    frame = pd.read_csv(output / "records.csv")
    assert frame["value"].max() == 12_500_000


FIGURE = Figure(
    id="a-1",
    release_id="a",
    quote="5,784.9億元",
    start=0,
    end=8,
    value=Decimal("578490000000"),
    unit="元",
    policy_ids=("a-2", "a-3"),
    sentence_start=0,
    sentence_end=8,
    rule="r",
)


def test_cells_are_exact_and_lists_are_json() -> None:
    row = dict(zip(COLUMNS, csv_row(FIGURE), strict=True))
    assert row["value"] == "578490000000"
    assert row["policy_ids"] == '["a-2","a-3"]'
    assert (row["type"], row["low"], row["mentions"]) == ("figure", "", "")
    round_number = structs.replace(FIGURE, value=Decimal("1E+8"))
    row = dict(zip(COLUMNS, csv_row(round_number), strict=True))
    assert row["value"] == "100000000"


def test_a_frame_has_the_schema_s_columns_and_exact_numbers(extractor: Extractor) -> None:
    extraction = extractor.extract(RELEASE)
    frame = extraction.to_frame()
    assert list(frame.columns) == list(COLUMNS)
    assert list(frame["quote"]) == [record.quote for record in extraction.records]
    assert Decimal("8.5") in set(frame["value"])
    assert str(frame["period_start"].dtype).startswith("datetime64")
    empty = to_frame([])
    assert list(empty.columns) == list(COLUMNS)
    assert len(empty) == 0


@pytest.mark.parametrize(
    "error",
    [InputError("a: b"), UsageError("c"), RuleError(("x.toml: y", "x.toml: z"))],
)
def test_errors_cross_process_boundaries(error: Exception) -> None:
    copy = pickle.loads(pickle.dumps(error))
    assert type(copy) is type(error)
    assert str(copy) == str(error)


def test_records_cross_process_boundaries() -> None:
    assert pickle.loads(pickle.dumps(FIGURE)) == FIGURE
    assert pickle.loads(pickle.dumps(Release(id="a"))) == Release(id="a")


SAMPLE = ROOT / "outputs" / "sample"


def test_the_committed_sample_is_what_a_run_writes(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    samples = {path.name: path.read_text("utf-8") for path in SAMPLE.glob("*.json")}
    texts = CORPUS.relative_to(ROOT)
    sources = [texts / name.replace(".json", ".txt") for name in samples if name != POLICIES]
    assert sources
    assert command("run", *sources, "--output", tmp_path, "--format", "json").code == 0
    written = {path.name: path.read_text("utf-8") for path in tmp_path.iterdir()}
    assert written == samples

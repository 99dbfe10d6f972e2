"""What many tests use: the command in this process, one extractor, the corpus."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from extractor import Extractor, cli

ROOT = Path(__file__).parent.parent
CORPUS = ROOT / "corpus"

RELEASE = """濱江市上半年旅遊數據公布
2024-07-18
來源:濱江晚報

上半年，全市接待遊客1,250萬人次，同比增長8.5%。其中，入境遊客36萬人次，增長12%。全市新增客房2300間。

市文旅局說，將實施《濱江夜遊三年行動計劃》，力爭客房到2026年達到3萬間。

（記者 何思源）
"""


class Completed(NamedTuple):
    """What a command left behind."""

    code: int
    out: str
    err: str


Command = Callable[..., Completed]


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """Run ``extractor ARGUMENTS…`` in this process, with bytes on standard input."""

    def run(*arguments: str | Path, stdin: bytes = b"") -> Completed:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        capsys.readouterr()
        code = cli.status([str(one) for one in arguments])
        return Completed(code, *capsys.readouterr())

    return run


@pytest.fixture(scope="session")
def extractor() -> Extractor:
    """One extractor for all tests: it keeps nothing from one text to the next."""
    return Extractor()


@pytest.fixture
def release(tmp_path: Path) -> Path:
    """A small release in a folder of its own."""
    path = tmp_path / "releases" / "binjiang.txt"
    path.parent.mkdir()
    path.write_text(RELEASE, encoding="utf-8")
    return path

"""What an import must not do: load what is heavy, open files, touch the state of others."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

PROBE = """
import json, sys
opened = []
sys.addaudithook(lambda event, args: opened.append(str(args[0])) if event == "open" else None)
import extractor
extractor_opened = [one for one in opened if not one.endswith((".py", ".pyc"))]
from extractor import Extractor
print(json.dumps({"opened": extractor_opened, "modules": sorted(sys.modules)}))
"""

USE = """
import json, logging, sys
import jieba
handlers = list(logging.getLogger("jieba").handlers)
from extractor import Extractor
extraction = Extractor().extract(sys.stdin.read())
words = len(extraction.tokens)
print(json.dumps({
    "words": words,
    "initialized": jieba.dt.initialized,
    "records": len(extraction.records),
    "modules": sorted(sys.modules),
}))
"""


def probe(code: str, folder: Path, text: str = "") -> dict[str, object]:
    done = subprocess.run(
        [sys.executable, "-B", "-W", "error", "-c", code],
        input=text.encode(),
        capture_output=True,
        check=False,
        env={"TMPDIR": str(folder), "PATH": "", "PYTHONUTF8": "1"},
    )
    assert done.stderr == b"", done.stderr.decode()
    found: dict[str, object] = json.loads(done.stdout)
    return found


def test_an_import_is_light(tmp_path: Path) -> None:
    found = probe(PROBE, tmp_path)
    assert found["opened"] == []
    modules = found["modules"]
    assert isinstance(modules, list)
    assert not {"spacy", "pandas", "numpy", "typer", "rich", "jieba"} & set(modules)


def test_using_it_leaves_the_global_jieba_and_its_cache_alone(tmp_path: Path) -> None:
    text = "全市工業增加值增長5.2%，新增企業300家。"
    found = probe(USE, tmp_path, text)
    assert found["words"]
    assert found["records"] == 2
    assert found["initialized"] is False
    modules = found["modules"]
    assert isinstance(modules, list)
    assert not {"spacy", "pandas", "numpy", "jieba.posseg"} & set(modules)
    assert list(tmp_path.iterdir()) == []


def test_the_shared_temporary_folder_is_the_one_watched(tmp_path: Path) -> None:
    """The probe above sees a cache if one is written: jieba's own would land there."""
    code = "import json, tempfile; print(json.dumps({'folder': tempfile.gettempdir()}))"
    assert probe(code, tmp_path) == {"folder": str(tmp_path)}
    assert tempfile.gettempdir() != str(tmp_path)

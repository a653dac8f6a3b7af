"""The rules of the house, held by tests: a pure core, words in both languages, nothing borrowed."""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SRC = ROOT / "src" / "fengsui"
WORDING = SRC / "application" / "wording"
SHARED = Path(os.environ.get("FENGSUI_SHARED", ROOT.parent / "shared"))
IMPURE_NAMES = {"open", "input", "print", "exec", "eval"}
IMPURE_ATTRIBUTES = {"now", "today", "utcnow", "environ", "getenv", "uuid4", "uuid1", "random", "urandom"}
LONGEST_MODULE = 400


def modules(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.rglob("*.py")) if "migrations" not in path.parts]


def tracked() -> list[Path]:
    names = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True
    ).stdout.split("\0")
    return [ROOT / name for name in names if name and (ROOT / name).is_file()]


def texts() -> list[tuple[Path, str]]:
    found = []
    for path in tracked():
        try:
            found.append((path, path.read_text("utf-8")))
        except UnicodeDecodeError:
            continue
    return found


def imported(tree: ast.AST) -> set[str]:
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            names.add(node.module)
    return names


def test_the_core_imports_the_standard_library_and_itself_only() -> None:
    for path in modules(SRC / "core"):
        for name in imported(ast.parse(path.read_text("utf-8"))):
            top = name.split(".")[0]
            assert top in sys.stdlib_module_names or name.startswith("fengsui.core"), f"{path}: {name}"


def test_the_core_reads_no_clock_file_environment_or_chance() -> None:
    for path in modules(SRC / "core"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                assert node.func.id not in IMPURE_NAMES, f"{path}:{node.lineno} {node.func.id}"
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                whose = node.value.id in {"datetime", "date", "os", "uuid", "random", "time"}
                assert not (whose and node.attr in IMPURE_ATTRIBUTES), f"{path}:{node.lineno} {node.attr}"


def words(language: str) -> dict[str, dict[str, str]]:
    merged: dict[str, dict[str, str]] = {}
    for path in WORDING.glob(f"*{language}.toml"):
        for group, entries in tomllib.loads(path.read_text("utf-8")).items():
            merged.setdefault(group, {}).update(entries)
    return merged


def test_every_word_exists_in_both_languages() -> None:
    zh, en = words("zh"), words("en")
    keys = [{(group, code) for group, entries in table.items() for code in entries} for table in (zh, en)]
    assert keys[0] ^ keys[1] == set()


def test_every_error_code_has_its_sentence() -> None:
    known = set(words("zh")["error"])
    kinds = {"InputError", "Refusal", "Conflict", "Retryable", "Permanent", "OutsideFailure"}
    missing = set()
    for path in modules(SRC):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in kinds):
                continue
            code = node.args[0] if node.args else None
            if isinstance(code, ast.Constant) and code.value not in known:
                missing.add(f"{path.relative_to(ROOT)}:{node.lineno} {code.value}")
    assert missing == set()


def test_chinese_sentences_carry_no_code_and_no_exclamation_mark() -> None:
    for group, entries in words("zh").items():
        for code, text in entries.items():
            bare = re.sub(r"\{[^}]*\}", "", text)
            assert "！" not in bare, (group, code)
            assert "_" not in bare, (group, code)


def test_modules_stay_small_enough_to_hold_in_mind() -> None:
    long = {
        str(path.relative_to(ROOT)): count
        for path in modules(SRC)
        if (count := len(path.read_text("utf-8").splitlines())) > LONGEST_MODULE
    }
    assert long == {}


def test_nothing_in_the_project_names_a_machine_or_a_registry() -> None:
    # Spelled in parts so that this file does not name them either.
    forbidden = [
        "/work" + "/main",
        "/work" + "/shared",
        "pypi" + ".org",
        "registry.npm" + "js",
        "." + "library/",
    ]
    for path, text in texts():
        for word in forbidden:
            assert word not in text, f"{path.relative_to(ROOT)} names {word}"


def test_the_locks_hold_hashes_and_no_addresses() -> None:
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / name).read_text("utf-8")
        assert "--hash=sha256:" in text
        assert "://" not in text
    lock = json.loads((ROOT / "package-lock.json").read_text("utf-8"))
    assert all("resolved" not in entry for entry in lock["packages"].values())


def chinese_runs(text: str) -> list[str]:
    """Sentences of Chinese characters with titles of laws taken out (a title is a fact)."""
    plain = re.sub(r"《[^》]{1,60}》", "\n", text)
    return [re.sub(r"\s", "", run) for run in re.split(r"[，。；：、！？,.;:\n（）()“”\"'|*#]", plain)]


COPIED_LENGTH = 24
"""A clause of this many characters in common is no coincidence of the trade's language."""


@pytest.mark.papers
def test_no_sentence_of_the_source_papers_is_copied() -> None:
    if not (SHARED / "sources").is_dir():
        pytest.skip("the source papers are not beside this checkout")
    source: set[str] = set()
    for path in [*(SHARED / "sources").glob("*.txt"), *(SHARED / "plans").glob("[0-9]*.[mt][dx]*")]:
        for run in chinese_runs(path.read_text("utf-8", errors="ignore")):
            source.update(run[i : i + COPIED_LENGTH] for i in range(max(0, len(run) - COPIED_LENGTH + 1)))
    copied = []
    for path, text in texts():
        for run in chinese_runs(text):
            hits = [run for i in range(len(run) - COPIED_LENGTH + 1) if run[i : i + COPIED_LENGTH] in source]
            copied += [f"{path.relative_to(ROOT)}: {hit}" for hit in hits[:1]]
    assert copied == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_file_of_words_silently_takes_the_place_of_another(language: str) -> None:
    said: dict[tuple[str, str], str] = {}
    twice = set()
    for path in sorted(WORDING.glob(f"*{language}.toml")):
        for group, entries in tomllib.loads(path.read_text("utf-8")).items():
            for code in entries:
                if (group, code) in said:
                    twice.add((group, code, said[group, code], path.name))
                said[group, code] = path.name
    assert twice == set()

"""``fengsui.toml``, patterns and the choice of rules."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest

from fengsui.application.lint_config import Config, nearest_rule, read_config, selection
from fengsui.application.lint_glob import any_matches
from fengsui.application.wording import sentence
from fengsui.core.errors import InputError
from fengsui.core.lint.finding import Hit, finding_of
from fengsui.core.lint.run import UNREADABLE


def names(config: Config, **asked: list[str]) -> set[str]:
    return {item.rule.name for item in selection(config, **asked).rules}


def codes(config: Config, **asked: list[str]) -> set[str]:
    return {item.rule.code for item in selection(config, **asked).rules}


def test_every_setting_is_read() -> None:
    config = read_config(
        """
[other]
x = 1
[lint]
select = ["G", "A1"]
extend-select = ["L1"]
ignore = ["threshold-gap"]
include = ["*.docx"]
exclude = ["旧版/**"]
per-file-ignores = { "乡镇/**" = ["C1", "C3"] }
strict = true
language = "en"
baseline = "base.json"
dismissed = "said.toml"
jobs = 2
""",
        "fengsui.toml",
    )
    assert config == Config(
        select=("G", "A1"),
        extend_select=("L1",),
        ignore=("threshold-gap",),
        include=("*.docx",),
        exclude=("旧版/**",),
        per_file_ignores=(("乡镇/**", ("C1", "C3")),),
        strict=True,
        language="en",
        baseline="base.json",
        dismissed="said.toml",
        jobs=2,
    )
    assert read_config("", "fengsui.toml") == Config()


@pytest.mark.parametrize(
    ("text", "code", "line", "says"),
    [
        ("[lint]\nselect = [\n", "config_broken", 2, "TOML"),
        ("[lint]\nselect = G1\n", "config_broken", 2, "TOML"),
        ("[lint]\n\nselekt = []\n", "config_key_unknown", 3, "select"),
        ("[lint]\nselect = 'G1'\n", "config_value_wrong", 2, "select"),
        ("[lint]\nselect = [1]\n", "config_value_wrong", 2, "select"),
        ("[lint]\nstrict = 'yes'\n", "config_value_wrong", 2, "strict"),
        ("[lint]\nlanguage = 'fr'\n", "config_value_wrong", 2, "language"),
        ("[lint]\njobs = 0\n", "config_value_wrong", 2, "jobs"),
        ("[lint]\njobs = true\n", "config_value_wrong", 2, "jobs"),
        ("lint = 3\n", "config_value_wrong", 1, "lint"),
        ("[lint]\nper-file-ignores = ['C1']\n", "config_value_wrong", 2, "per-file-ignores"),
        ("[lint]\nignore = [\n 'G1',\n 'treshold-gap',\n]\n", "config_rule_mistyped", 4, "threshold-gap"),
        ("[lint]\nselect = ['Q77']\n", "config_rule_unknown", 2, "Q77"),
        ("[lint.per-file-ignores]\n'a/*' = ['g1']\n", "config_rule_mistyped", 2, "G1"),
    ],
)
def test_a_wrong_setting_is_one_sentence_with_the_line(text: str, code: str, line: int, says: str) -> None:
    with pytest.raises(InputError) as caught:
        read_config(text, "fengsui.toml")
    assert (caught.value.code, caught.value.data["line"]) == (code, line)
    for language in ("zh", "en"):
        told = sentence(caught.value, language)
        assert says in told
        assert str(line) in told
        assert "fengsui.toml" in told


def test_the_command_line_selects_instead_of_the_configuration() -> None:
    config = Config(select=("G",))
    assert {code[0] for code in codes(config)} == {"G"}
    assert codes(config, select=["A1"]) == {"A1"}
    assert {code[0] for code in codes(config, extend=["A1"])} == {"G", "A"}
    assert "G1" not in codes(config, ignore=["G1"])
    assert len(codes(Config())) > 30


def test_the_narrower_name_counts_where_a_rule_is_wanted_and_not() -> None:
    assert codes(Config(select=("G1",), ignore=("G",))) == {"G1"}
    assert codes(Config(select=("G",), ignore=("G1",))).isdisjoint({"G1"})
    assert "threshold-gap" in names(Config(ignore=("G1",)), extend=["threshold-gap"])
    assert "G1" not in codes(Config(ignore=("G1",)), select=["G"])
    assert codes(Config(ignore=("G1",)), select=["G1"]) == {"G1"}, "what was typed is stronger"


def test_a_mistyped_rule_is_told_with_the_nearest() -> None:
    assert nearest_rule("treshold-gap") == "threshold-gap"
    assert nearest_rule("g2") == "G2"
    assert nearest_rule("Q77") is None
    with pytest.raises(InputError, match="rule_mistyped"):
        selection(Config(), ["threshold-gaps"])
    with pytest.raises(InputError, match="no_such_rule"):
        selection(Config(), (), (), ["ZZZ"])


def test_the_report_of_an_unreadable_file_can_be_ignored() -> None:
    from fengsui.core.citation import Citation

    place = Citation(document="", clause="", line=0, quote="")
    finding = finding_of(UNREADABLE, Hit(at=place), "")
    assert selection(Config()).keeps(finding)
    assert not selection(Config(ignore=("F1",))).keeps(finding)
    assert not selection(Config()).keeps(finding, ("F",))


@pytest.mark.parametrize(
    ("path", "pattern", "fits"),
    [
        ("旧版/a.docx", "旧版/**", True),
        ("旧版/b/a.docx", "旧版/**", True),
        ("旧版/b/a.docx", "旧版", True),
        ("x/旧版/a.docx", "旧版", True),
        ("x/旧版/a.docx", "旧版/**", False),
        ("x/y/a.docx", "**/a.docx", True),
        ("a.docx", "**/a.docx", True),
        ("x/a.docx", "*.docx", True),
        ("x/a.docx", "./x/*.docx", True),
        ("x/y/a.docx", "x/*.docx", False),
        ("x/y/a.docx", "x/*", True),
        ("防汛1.txt", "防汛?.txt", True),
        ("防汛12.txt", "防汛?.txt", False),
        ("防汛2.txt", "防汛[12].txt", True),
        ("防汛2.txt", "防汛[!12].txt", False),
        ("a[z].txt", "a[z-a].txt", False),
        ("a.docx", "", False),
    ],
)
def test_patterns_name_files_as_people_expect(path: str, pattern: str, fits: bool) -> None:
    assert any_matches(path, [pattern]) is fits


def test_the_configuration_shown_to_users_is_read() -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "lint.md").read_text("utf-8")
    (shown,) = re.findall(r"```toml\n(.*?)```", page, re.DOTALL)
    config = read_config(shown, "fengsui.toml")
    assert config.per_file_ignores == (("乡镇/**", ("C1",)),)
    assert all(getattr(config, each.name) for each in fields(config)), "every setting is shown"

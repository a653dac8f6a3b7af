"""Spoilt plans, and what reading promises of any text: for the property tests and for ``make fuzz``.

``python tests/core/reading_fuzz.py --minutes 10`` reads spoilt plans until the time is up and prints
the seed of each that breaks a promise; ``--seed N`` reads that one again.
"""

from __future__ import annotations

import argparse
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path
from random import Random

from fengsui.bench.plan_texts import plan_text
from fengsui.core.citation import Citation
from fengsui.core.errors import InputError
from fengsui.core.reading.blocks import Cell, TextLine
from fengsui.core.reading.draft import plan_outlines, read_plan
from fengsui.core.reading.outline import Outline
from fengsui.core.reading.places import plain_with_places

_STRANGE = (
    *(
        "\u200b",
        "\u200f",
        "\u202e",
        "\u2066",
        "\ufeff",
        "\x00",
        "\x07",
        "\x1b",
        "\x7f",
        "\x85",
        "\u2028",
        "\u0301",
    ),
    *(
        "𠀀",
        "😀",
        "𝟗",
        "\ue004",
        "\U000f0000",
        "ﷺ",
        "Å",
        "Ⅻ",
        "㊀",
        "〇",
        "½",
        "٣",
        "०",
        "\u3164",
        "　",
        "\xa0",
        "ꎬ",
        "ꎮ",
    ),
    *(
        "Ш",
        "<p>",
        "</td>",
        "<table>",
        "||",
        "\t",
        "***",
        "__",
        "#",
        "$",
        "\\",
        "%s",
        "{0}",
        "(((",
        "）））",
        "《《",
        "“",
    ),
)
_NUMBERS = (
    "0",
    "00",
    "9" * 40,
    "1.1.1.1.1.1.1",
    "零",
    "十百千万",
    "半",
    "-1",
    "1e9",
    "１２",
    "²",
    "一二三四五六七八九十",
)
_CUTS = "、，。；：（）《》“”/-—"
_SIGNS = str.maketrans("", "", "、|#-*+•●◆■")
Spoil = Callable[[str, Random], str]


def _without_marks(text: str, chance: Random) -> str:
    gone = chance.choice(_CUTS)
    return "".join(c for c in text if c != gone or chance.random() < 0.2)


def _narrow(text: str, chance: Random) -> str:
    return text.translate(str.maketrans("，。；：（）０１２", ",.;:()012"))


def _wide(text: str, chance: Random) -> str:
    return text.translate({code: code + 0xFEE0 for code in range(0x21, 0x7F)})


def _blanks(text: str, chance: Random) -> str:
    blank = chance.choice((" ", "　", "\t", "\xa0", "  ", "         "))
    return "".join(c + blank if chance.random() < 0.1 else c for c in text)


def _solid(text: str, chance: Random) -> str:
    return "\n".join("".join(line.split()) for line in text.split("\n"))


def _wrapped(text: str, chance: Random) -> str:
    width = chance.randint(1, 40)
    lines = text.split("\n")
    return "\n".join(line[at : at + width] for line in lines for at in range(0, max(1, len(line)), width))


def _one_line(text: str, chance: Random) -> str:
    return text.replace("\n", chance.choice(("", " ", "\t", "|")))


def _shuffled(text: str, chance: Random) -> str:
    lines = text.split("\n")
    start = chance.randrange(len(lines))
    part = lines[start : start + chance.randint(2, 30)]
    chance.shuffle(part)
    return "\n".join([*lines[:start], *part, *lines[start + len(part) :]])


def _doubled(text: str, chance: Random) -> str:
    lines = text.split("\n")
    start = chance.randrange(len(lines))
    return "\n".join(lines[: start + chance.randint(1, 20)] + lines[start:])


def _cut_off(text: str, chance: Random) -> str:
    start = chance.randrange(len(text) or 1)
    return text[start:] if chance.random() < 0.5 else text[:start]


def _strange(text: str, chance: Random) -> str:
    for _ in range(chance.randint(1, 30)):
        at = chance.randrange(len(text) + 1)
        text = text[:at] + chance.choice(_STRANGE) * chance.choice((1, 1, 1, 5)) + text[at:]
    return text


def _numbers(text: str, chance: Random) -> str:
    return "".join(chance.choice(_NUMBERS) if c.isdigit() and chance.random() < 0.1 else c for c in text)


def _table(text: str, chance: Random) -> str:
    mark = chance.choice(("|", "\t"))
    return "\n".join(
        mark.join(["", *line.replace("：", mark).split("，"), ""]) if chance.random() < 0.3 else line
        for line in text.split("\n")
    )


def _without_characters(text: str, chance: Random) -> str:
    share = chance.choice((0.01, 0.1, 0.4))
    return "".join(c for c in text if chance.random() > share)


SPOILS: tuple[Spoil, ...] = (
    *(_without_marks, _narrow, _wide, _blanks, _solid, _wrapped, _one_line, _shuffled, _doubled, _cut_off),
    *(_strange, _numbers, _table, _without_characters),
)


@cache
def _plans() -> tuple[str, ...]:
    """The invented plans of the demo prefecture, where the checkout has them."""
    folder = Path(__file__).parents[2] / "demo" / "yunzhou" / "text"
    return tuple(path.read_text("utf-8") for path in sorted(folder.glob("*.txt")))


def spoilt_plan(seed: int) -> tuple[TextLine, ...]:
    """An invented plan with one to four things wrong with it; the same seed gives the same lines."""
    chance = Random(seed)
    whole = [*_plans(), plan_text(seed, chance.choice((1_000, 3_000)))]
    text = chance.choice(whole)
    for spoil in chance.choices(SPOILS, k=chance.randint(1, 4)):
        text = spoil(text, chance)
    return as_lines(text.split("\n"), chance if chance.random() < 0.3 else None)


def as_lines(texts: Sequence[str], styled: Random | None = None) -> tuple[TextLine, ...]:
    """Lines of plain text, or, with ``styled``, of a .docx: styles, cells, whole paragraphs."""
    lines = []
    for number, text in enumerate(texts, start=1):
        if styled is None:
            lines.append(TextLine(number=number, text=text))
            continue
        cell = Cell(table=number // 9, row=number // 3, column=number % 3) if styled.random() < 0.2 else None
        heading = styled.choice((None, None, None, 1, 2, 9))
        lines.append(TextLine(number=number, text=text, heading=heading, cell=cell, complete=True))
    return tuple(lines)


def broken_promises(lines: Sequence[TextLine]) -> Iterator[str]:
    """What reading promises of any text and did not keep; refusals by InputError are kept promises."""
    try:
        outlines = plan_outlines(lines, "fuzz")
        drafts = [read_plan(outline) for outline in outlines]
    except InputError:
        return
    plain = [_plain(_without_bare_marks(line.text)) for line in lines]
    for outline, draft in zip(outlines, drafts, strict=True):
        yield from _not_once(outline, plain)
        titles = {(section.line, section.title) for section in outline.sections()}
        for citation in _citations(draft):
            place = citation.line - 1
            # The title of a number that stands alone is cited by the line of its number.
            below = 4 if (citation.line, citation.quote) in titles else 1
            if not 0 <= place < len(lines):
                yield f"no such line: {citation}"
            elif not any(_is_at(citation.quote, line.text) for line in lines[place : place + below]):
                yield f"not at its line: {citation} {citation.quote!r} {lines[place].text!r}"


def _is_at(quote: str, line: str) -> bool:
    """Whether the quote begins in the line, with the signs that part cells or without."""
    pairs = ((plain_with_places(quote)[0], plain_with_places(line)[0]), (_plain(quote), _plain(line)))
    return any(_begins_at(*pair) for pair in pairs)


def _plain(text: str) -> str:
    # 、 is put back where a blank stands for a lost one; | parts cells and is no word.
    return plain_with_places(text)[0].translate(_SIGNS)


def _begins_at(quote: str, line: str) -> bool:
    """Whether the quote stands in the line or begins in it and goes on below."""
    return quote in line or any(
        quote.startswith(line[at:]) for at in range(len(line)) if line[at] == quote[0]
    )


def _not_once(outline: Outline, plain: Sequence[str]) -> Iterator[str]:
    """Characters of a line that the paragraphs hold twice, or that none of the line's paragraphs holds."""
    held: dict[int, list[str]] = {}
    for _, paragraph in outline.root.all_paragraphs():
        ends = [start for start, _ in paragraph.starts[1:]] + [len(paragraph.text)]
        for (start, line), end in zip(paragraph.starts, ends, strict=True):
            held.setdefault(line, []).append(paragraph.text[start:end])
    headed = {section.line + extra for section in outline.sections() for extra in range(4)}
    for line, parts in held.items():
        # A tag that the edge of a cell cuts in two is a tag in the whole line, or none.
        whole, readings = plain[line - 1], ("".join(map(_plain, parts)), _plain("".join(parts)))
        if min(map(len, readings)) > len(whole):
            yield f"held twice: line {line} {parts} {whole!r}"
        elif line not in headed and sorted(whole) not in map(sorted, readings):
            yield f"lost: line {line} {parts} {whole!r}"


def _without_bare_marks(text: str) -> str:
    """The line without cells of nothing but marks of emphasis: there is no word in them to be lost."""
    cells = text.split("\t")
    return text if len(cells) == 1 else "\t".join(cell for cell in cells if cell.strip() not in ("__", "**"))


def _citations(value: object) -> Iterator[Citation]:
    if isinstance(value, Citation):
        yield value
    elif isinstance(value, tuple | list):
        for item in value:
            yield from _citations(item)
    elif is_dataclass(value) and not isinstance(value, type):
        for each in fields(value):
            yield from _citations(getattr(value, each.name))


LONGEST = 30
"""Seconds after which a plan of three thousand characters is given up."""


def _too_long(*_: object) -> None:
    raise TimeoutError


def main() -> int:
    """Read spoilt plans for some minutes; print what breaks a promise."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=5.0)
    parser.add_argument("--seed", type=int, help="read this one alone")
    options = parser.parse_args()
    first = time.time_ns() % 10**9 if options.seed is None else options.seed
    signal.signal(signal.SIGALRM, _too_long)
    end, seed, bad, slowest = time.monotonic() + 60 * options.minutes, first, 0, (0.0, 0)
    while seed == first or (options.seed is None and time.monotonic() < end):
        begun = time.monotonic()
        signal.alarm(LONGEST)
        try:
            found = list(broken_promises(spoilt_plan(seed)))
        except Exception:
            found = [traceback.format_exc()]
        signal.alarm(0)
        slowest = max(slowest, (time.monotonic() - begun, seed))
        bad += bool(found)
        for each in found[:3]:
            print(f"seed {seed}: {each}", flush=True)
        seed += 1
    print(f"{seed - first} plans read, {bad} broke a promise; slowest {slowest[0]:.1f} s (seed {slowest[1]})")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())

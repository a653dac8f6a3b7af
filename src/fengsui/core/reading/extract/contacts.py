"""Telephone lines printed in a plan (联系方式).

A line belongs to a body and an office, never to a person: the names of persons beside a number are
left out, for they change and are no part of the plan.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

from fengsui.core.citation import Citation
from fengsui.core.plan.authority import Contact
from fengsui.core.plan.model import Doubt
from fengsui.core.reading.blocks import Paragraph
from fengsui.core.reading.extract import Extracted
from fengsui.core.reading.extract.body_names import POST_END, is_body
from fengsui.core.reading.extract.body_text import squeeze
from fengsui.core.reading.outline import Outline, Section

_PHONE = re.compile(
    r"(?<![0-9A-Za-z.〔\-])(?:[（(]0[0-9]{2,3}[）)]\s?[0-9]{7,8}|1[3-9][0-9]{9}|0[0-9]{2,3}[-—－]?[0-9]{7,8}|400[-—]?[0-9]{3}[-—]?[0-9]{4})(?![0-9])"
)
# What either needs: a run of digits.
_DIGITS = re.compile("[0-9][0-9][0-9]")
_LOCAL = re.compile(r"(?:电话|热线|号码|值班室|拨打|传真)[^0-9，。；]{0,6}(?P<phone>[0-9]{5,8})(?![0-9])")
_POST = re.compile(rf"[\u4e00-\u9fff]{{0,8}}?{POST_END}")
_KIND = re.compile(
    r"(?:报警|值班|联系|办公|应急|救援|咨询|急救|投诉|举报|手机|固定|24小时)*(?:电话|热线|号码|传真)(?:号码)?[：:]?$"
)
# The commonest family names; a body and a name run together are parted only before one of them.
_FAMILY = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝"
    "孔白崔康毛邱秦江史顾侯邵孟龙万段钱汤尹黎易常武乔贺赖龚文买艾阿古吐热努"
)
_ROW = re.compile(r"^\s*(?:\d{1,3}(?=[\s|.、]))?[\s|.、]*")


def extract_contacts(outline: Outline) -> Extracted[Contact]:
    """Every telephone number that stands with a body or an office.

    Doubt ``phone_without_body`` for the others.
    """
    contacts: list[Contact] = []
    doubts: list[Doubt] = []
    for section, paragraphs in _rows(outline):
        text = paragraphs[0].text if len(paragraphs) == 1 else "\t".join([p.text for p in paragraphs])
        if not _DIGITS.search(text):
            continue
        if not _phones(text):
            continue
        source = outline.cite(section, paragraphs[0])
        if len(paragraphs) > 1:
            source = Citation(document=source.document, clause=source.clause, line=source.line, quote=text)
        # 某局：…；某院：…: each with its own body, or one body with several numbers.
        pieces = [piece for piece in re.split("[；;]", text) if _phones(piece)]
        apart = [_of_row(piece, _phones(piece), source) for piece in pieces]
        found = [item for one in apart for item in one] if all(apart) else []
        found = found or _of_row(text, _phones(text), source)
        contacts.extend(found)
        if found and (together := _name_left_out(text, found)):
            doubts.append(Doubt(about="contact", why="person_with_body", text=together, source=source))
        if not found:
            doubts.append(Doubt(about="contact", why="phone_without_body", text=text[:60], source=source))
    return Extracted(tuple(contacts), tuple(doubts))


def _phones(text: str) -> list[tuple[str, int]]:
    """The numbers in ``text`` with their places; a number inside another is none of its own."""
    phones = [(found.group(), found.start()) for found in _PHONE.finditer(text)]
    phones += [(found["phone"], found.start("phone")) for found in _LOCAL.finditer(text)]
    if len(phones) < 2:
        return phones
    holders = Counter(part for number, _ in set(phones) for part in _parts_of(number))
    return [pair for pair in phones if holders[pair[0]] == 1]


def _parts_of(number: str) -> set[str]:
    return {number[a:b] for a in range(len(number)) for b in range(a + 1, len(number) + 1)}


def _rows(outline: Outline) -> list[tuple[Section, list[Paragraph]]]:
    """Paragraphs, those of one table row together."""

    rows: list[tuple[Section, list[Paragraph]]] = []
    last: tuple[int, int] | None = None
    for section, paragraph in outline.paragraphs():
        cell = paragraph.cell
        place = (cell.table, cell.row) if cell else None
        if place is not None and place == last:
            rows[-1][1].append(paragraph)
        else:
            rows.append((section, [paragraph]))
        last = place
    return rows


def _of_row(text: str, phones: list[tuple[str, int]], source: Citation) -> list[Contact]:
    before = text[: phones[0][1]]
    unit, officers = _unit_and_officers(_ROW.sub("", before))
    for (_, end), (_, begin) in pairwise(phones):
        officers += _posts(text[end:begin])
    if not unit:
        return []
    found = []
    for index, (phone, _) in enumerate(phones):
        shift = index - (len(phones) - len(officers))
        post = officers[shift] if 0 <= shift < len(officers) else None
        found.append(Contact(unit=unit, post=post, phone=phone, source=source))
    return found


def _unit_and_officers(before: str) -> tuple[str, list[str]]:
    cells = [squeeze(cell)[0] for cell in re.split(r"[\t|]+", before.strip(" \t|"))]
    cells = [cell for cell in cells if cell]
    tokens = before.split()
    if (
        len(cells) == 1
        and len(tokens) > 1
        and (named := [at for at in tokens if len(at) > 2 and is_body(at)])
    ):
        # 李某某 市公安局 副局长 139…: the name of the person is left out.
        return named[-1], [post for token in tokens if token not in named for post in _posts(token)]
    if len(cells) > 1:
        unit = next((cell for cell in cells if is_body(cell)), cells[0])
        if len(unit) <= 3 and not is_body(unit):
            # The name of a person is no body.
            return "", []
        return unit, [post for cell in before.strip(" \t|").split("\t")[1:] for post in _posts(cell)]
    text = squeeze(re.split(r"[，。；,;]", before)[-1])[0]
    text = re.sub(r"^(?:（[^）]*）|[0-9]+[.、．])", "", text)
    # 某局（电话：…: the number stands in the bracket of its body.
    text = _KIND.sub("", re.sub(r"：\d{3,5}$", "", text.rstrip("：（"))).rstrip("：（")
    text = _KIND.sub("", text)
    if post := _body_and_post(text):
        return post
    body = re.search(r"[\u4e00-\u9fff（）]{2,24}$", text)
    if body and is_body(body.group()):
        return _last_body(re.sub(r"^.*(?:立即|及时|报告|拨打|向|至|到|并|报)", "", body.group())), []
    return _before_name(text)


MOST_OF_ROW = 40
"""Numbers of one row that are looked behind for a name."""
_NAME = re.compile(rf"[{_FAMILY}][\u4e00-\u9fff]{{1,2}}(?=[^\u4e00-\u9fff]*\d)")


def _name_left_out(text: str, found: list[Contact]) -> str:
    """The body with the name that stood right behind it before a number; "" where none was left out."""
    for item in found[:MOST_OF_ROW]:
        before = item.unit + (item.post or "")
        at = text.find(before)
        while at >= 0:
            if name := _NAME.match(text, at + len(before)):
                named = before + name.group()
                if not is_body(named) and not re.search(f"{POST_END}$", named):
                    return named
                break
            at = text.find(before, at + 1)
    return ""


def _body_and_post(text: str) -> tuple[str, list[str]] | None:
    """县应急局局长 parted."""
    for at in range(2, len(text)):
        if re.fullmatch(rf"(?:常务)?{POST_END}", text[at:]) and is_body(text[:at]):
            return text[:at], [text[at:]]
    return None


def _before_name(text: str) -> tuple[str, list[str]]:
    """Body and post that a person's name was run together with (县应急局王某某); "" where there is none."""
    for at in (len(text) - 3, len(text) - 2):
        if at < 2 or text[at] not in _FAMILY:
            continue
        if post := _body_and_post(text[:at]):
            return post
        if is_body(text[:at]):
            return text[:at], []
    return "", []


def _last_body(text: str) -> str:
    """The last of bodies joined by 和 or 与; a 和 inside a name (发展和改革委员会) stays."""
    for joint in reversed(list(re.finditer("[和与]", text))):
        if is_body(text[: joint.start()]) and is_body(text[joint.end() :]):
            return text[joint.end() :]
    return text


def _posts(text: str) -> list[str]:
    """The offices in a cell of names and offices: 局 长 王某某 → 局长."""
    posts = []
    for piece in re.split(r"[\t|]+", text):
        solid = squeeze(piece)[0]
        solid = re.sub(r"[^\u4e00-\u9fff（）]", "", solid)
        tokens = [token for token in re.split(r"\s+", piece.strip()) if token]
        whole = [
            token for token in tokens if re.fullmatch(POST_END, token) or re.search(f"{POST_END}$", token)
        ]
        if whole and not any(len(token) == 1 for token in tokens):
            posts.extend(whole)
            continue
        for found in re.finditer(rf"(?P<post>[\u4e00-\u9fff]{{0,8}}?{POST_END})", solid):
            posts.append(re.sub(r"^.*?某{1,2}", "", found["post"]))
    return posts

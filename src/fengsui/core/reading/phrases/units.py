"""Units and numbers as plans print them: what each unit is in its canonical form, what a numeral is worth."""

from __future__ import annotations

import re
from decimal import Decimal

from fengsui.core.reading.numerals import chinese_integer

UNITS: tuple[tuple[str, str, Decimal], ...] = (
    # as printed, canonical, factor
    ("平方公里", "平方公里", Decimal(1)),
    ("平方千米", "平方公里", Decimal(1)),
    ("立方米每秒", "立方米", Decimal(1)),
    ("立方米/秒", "立方米", Decimal(1)),
    ("m3/s", "立方米", Decimal(1)),
    ("微克/立方米", "微克", Decimal(1)),
    ("μg/m3", "微克", Decimal(1)),
    ("ug/m3", "微克", Decimal(1)),
    ("立方米", "立方米", Decimal(1)),
    ("平方米", "平方米", Decimal(1)),
    ("km2", "平方公里", Decimal(1)),
    ("m3", "立方米", Decimal(1)),
    ("m2", "平方米", Decimal(1)),
    ("毫米", "毫米", Decimal(1)),
    ("mm", "毫米", Decimal(1)),
    ("厘米", "厘米", Decimal(1)),
    ("cm", "厘米", Decimal(1)),
    ("公里", "公里", Decimal(1)),
    ("千米", "公里", Decimal(1)),
    ("km", "公里", Decimal(1)),
    ("兆瓦", "兆瓦", Decimal(1)),
    ("MW", "兆瓦", Decimal(1)),
    ("公顷", "公顷", Decimal(1)),
    ("个小时", "小时", Decimal(1)),
    ("小时", "小时", Decimal(1)),
    ("分钟", "分钟", Decimal(1)),
    ("摄氏度", "℃", Decimal(1)),
    ("°C", "℃", Decimal(1)),
    ("个百分点", "百分点", Decimal(1)),
    ("人次", "人", Decimal(1)),
    ("人", "人", Decimal(1)),
    ("名", "人", Decimal(1)),
    ("例", "人", Decimal(1)),
    ("位", "人", Decimal(1)),
    ("户", "户", Decimal(1)),
    ("间", "间", Decimal(1)),
    ("元", "元", Decimal(1)),
    ("亩", "亩", Decimal(1)),
    ("米", "米", Decimal(1)),
    ("总吨", "总吨", Decimal(1)),
    ("吨", "吨", Decimal(1)),
    ("级", "级", Decimal(1)),
    ("度", "℃", Decimal(1)),
    ("倍", "倍", Decimal(1)),
    ("天", "天", Decimal(1)),
    ("日", "天", Decimal(1)),
    ("个", "个", Decimal(1)),
    ("处", "处", Decimal(1)),
    ("起", "起", Decimal(1)),
    ("辆", "辆", Decimal(1)),
    ("艘", "艘", Decimal(1)),
    ("架", "架", Decimal(1)),
    ("列", "列", Decimal(1)),
    ("头", "头", Decimal(1)),
    ("只", "只", Decimal(1)),
    ("羽", "羽", Decimal(1)),
    ("台", "台", Decimal(1)),
    ("座", "座", Decimal(1)),
    ("条", "条", Decimal(1)),
    ("所", "所", Decimal(1)),
    ("家", "家", Decimal(1)),
    ("次", "次", Decimal(1)),
    ("站", "站", Decimal(1)),
    ("枚", "枚", Decimal(1)),
    ("颗", "枚", Decimal(1)),
    ("口", "口", Decimal(1)),
    ("眼", "口", Decimal(1)),
    ("株", "株", Decimal(1)),
    ("架次", "架", Decimal(1)),
    ("列次", "列", Decimal(1)),
    ("班次", "班次", Decimal(1)),
    ("趟", "班次", Decimal(1)),
    ("年一遇", "年", Decimal(1)),
    ("例次", "人", Decimal(1)),
    ("海里", "海里", Decimal(1)),
    ("米/秒", "米每秒", Decimal(1)),
    ("米每秒", "米每秒", Decimal(1)),
    ("m/s", "米每秒", Decimal(1)),
    ("千瓦", "兆瓦", Decimal("0.001")),
    ("公斤", "公斤", Decimal(1)),
    ("千克", "公斤", Decimal(1)),
    ("周", "天", Decimal(7)),
    ("艘次", "艘", Decimal(1)),
    ("成", "成", Decimal(1)),
    ("%", "%", Decimal(1)),
    ("m", "米", Decimal(1)),
    ("h", "小时", Decimal(1)),
)
LONGEST_FIRST = tuple(sorted(UNITS, key=lambda row: -len(row[0])))
FACTORS = {printed: (unit, factor) for printed, unit, factor in UNITS}
SCALES = {"亿": 10**8, "千万": 10**7, "百万": 10**6, "十万": 10**5, "万": 10**4, "千": 1000, "百": 100}

ROMAN = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
"""Intensities are printed so (Ⅶ度); only those from 4 upward are looked for."""


def number_value(text: str) -> Decimal | None:
    """The value of a number in figures or Chinese numerals ("三百万" → 3000000); None if unreadable."""
    plain = text.replace(",", "")
    if re.fullmatch(r"\d+(\.\d+)?", plain):
        return Decimal(plain)
    if plain in ROMAN:
        return Decimal(ROMAN.index(plain))
    for big, factor in (("亿", 10**8), ("万", 10**4)):
        if big in plain:
            head, _, tail = plain.partition(big)
            first = number_value(head) if head else Decimal(1)
            rest = number_value(tail) if tail else Decimal(0)
            return None if first is None or rest is None else first * factor + rest
    value = chinese_integer(plain)
    return None if value is None else Decimal(value)

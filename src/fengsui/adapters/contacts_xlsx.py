"""Contacts of people as a spreadsheet, in; and a sheet with everybody's name to fill in, out."""

from __future__ import annotations

from collections.abc import Iterable

from fengsui.adapters.xlsx_sheet import read_sheet, write_sheet
from fengsui.application.contacts import ContactRow
from fengsui.application.people_ports import KnownPerson

COLUMNS = ("人员编号", "姓名", "岗位", "座机", "手机", "邮箱")
_NAMES = {
    "人员编号": "person",
    "编号": "person",
    "id": "person",
    "姓名": "name",
    "name": "name",
    "岗位": "post",
    "职务": "post",
    "post": "post",
    "座机": "phone",
    "电话": "phone",
    "办公电话": "phone",
    "固定电话": "phone",
    "telephone": "phone",
    "手机": "mobile",
    "手机号": "mobile",
    "手机号码": "mobile",
    "移动电话": "mobile",
    "mobile": "mobile",
    "邮箱": "email",
    "电子邮箱": "email",
    "电子邮件": "email",
    "邮件": "email",
    "email": "email",
    "e-mail": "email",
}
_WIDTHS = (18, 14, 34, 18, 16, 30)


def read_contacts_file(data: bytes) -> tuple[ContactRow, ...]:
    """The rows of the first sheet. Raises InputError ``roster_file…``."""
    rows = read_sheet(data, _NAMES, {"name": "姓名"}, least=2)
    return tuple(ContactRow(number=number, **cells) for number, cells in rows)


def write_contacts_form(people: Iterable[KnownPerson]) -> bytes:
    """Everybody with name and posts; numbers and addresses stay empty: nobody takes them out of the house."""
    rows = [(person.person_id, person.name, "、".join(person.posts), "", "", "") for person in people]
    return write_sheet("联系方式", COLUMNS, _WIDTHS, rows)

"""Contacts of people: checked, entered by one or by a sheet; the audit never holds what they are."""

from __future__ import annotations

import json
from datetime import timedelta
from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook
from test_people_admin import OFFICER, ONE

from contract_stores import START
from fengsui.adapters.contacts_xlsx import read_contacts_file, write_contacts_form
from fengsui.adapters.memory import CountingIds, FixedClock
from fengsui.application import people as use
from fengsui.application.contacts import ContactRow, check_rows, import_contacts, read_contacts
from fengsui.application.people_ports import Contacts, KnownPerson, PeopleDesk
from fengsui.application.privacy import ERASE
from fengsui.core.directory import Directory, Jurisdiction, Post, Role, Unit
from fengsui.core.errors import InputError, Refusal
from fengsui.store import models, people
from fengsui.store.notify_setup import DjangoDutyBook
from fengsui.store.people_admin import DjangoPeople
from fengsui.store.privacy import DjangoKeeping
from fengsui.store.records import DjangoTransactions

MOBILE = "1" + "0" * 10
PEOPLE = (("p1", "admin", "甲"), ("p2", "duty", "乙"), ("p3", "duty", "丙"), ("p4", "chief", "丙"))


@pytest.fixture
def desk(engine: str) -> PeopleDesk:
    unit = Unit(id="u", name="局", jurisdiction="990100")
    posts = tuple(
        Post(id=key, title=title, unit="u", jurisdiction="990100", roles=frozenset({role}))
        for key, title, role in (
            ("admin", "管理员", Role.ADMINISTRATOR),
            ("duty", "值班员", Role.DUTY_OFFICER),
            ("chief", "主任", Role.OFFICE_DIRECTOR),
        )
    )
    area = Jurisdiction(code="990100", name="云州")
    people.save_directory(Directory(jurisdictions=(area,), units=(unit,), posts=posts), "test")
    holders = [people.Holder(person_id=p, post_id=post, name=name, phone="000") for p, post, name in PEOPLE]
    people.save_holders(holders, START - timedelta(days=9), "test")
    return PeopleDesk(
        people=DjangoPeople(),
        directory=people.DjangoDirectory(),
        clock=FixedClock(START),
        ids=CountingIds("r"),
        transactions=DjangoTransactions(),
    )


def kept(person_id: str) -> tuple[str, str, str]:
    row = models.PersonDetail.objects.get(pk=person_id)
    return row.phone, row.mobile, row.email


def row(number: int = 2, **cells: str) -> ContactRow:
    return ContactRow(number=number, **cells)


@pytest.mark.parametrize(
    ("typed", "mobile"),
    [
        (MOBILE, MOBILE),
        (f" {MOBILE[:3]} {MOBILE[3:7]} {MOBILE[7:]} ", MOBILE),
        (f"+86-{MOBILE}", MOBILE),
        ("１" + "０" * 10, MOBILE),
        ("", ""),
    ],
)
def test_a_mobile_is_read_as_people_write_it(typed: str, mobile: str) -> None:
    assert read_contacts("", typed, "").mobile == mobile


@pytest.mark.parametrize("typed", [MOBILE[:-1], MOBILE + "0", "2" + MOBILE[1:], "手机", "1" + "a" * 10, "86"])
def test_a_number_that_is_no_mobile_is_refused(typed: str) -> None:
    with pytest.raises(InputError) as told:
        read_contacts("", typed, "")
    assert told.value.code == "mobile_wrong"


@pytest.mark.parametrize(
    "typed", ["a", "a@b", "a b@c.cn", "a@b.cn\nBcc: x@y.cn", "a@b.cn,c@d.cn", "@b.cn", "x" * 200 + "@b.cn"]
)
def test_an_address_that_is_none_is_refused(typed: str) -> None:
    with pytest.raises(InputError) as told:
        read_contacts("", "", typed)
    assert told.value.code == "email_wrong"
    assert read_contacts("", "", " zhiban@example.gov.cn ").email == "zhiban@example.gov.cn"


def test_what_is_changed_stands_in_the_audit_without_its_value_and_reaches_who_sends(
    desk: PeopleDesk,
) -> None:
    use.save_person(desk, ONE, "p2", "乙", "0000-1", mobile=MOBILE, email="b@example.gov.cn")
    assert kept("p2") == ("0000-1", MOBILE, "b@example.gov.cn")
    [line] = models.AuditRow.objects.filter(register="person", key="p2")
    assert json.loads(line.change) == {"changed": ["phone", "mobile", "email"], "new": False}
    assert MOBILE not in line.change
    contact = DjangoDutyBook().contact("p2")
    assert (contact.phone, contact.email) == (MOBILE, "b@example.gov.cn")
    with pytest.raises(InputError):
        use.save_person(desk, ONE, "p2", "乙", "0000-1", mobile="12")
    with pytest.raises(Refusal):
        use.save_person(desk, OFFICER, "p2", "乙", mobile=MOBILE)


def test_erasing_a_person_takes_every_contact_away(desk: PeopleDesk) -> None:
    use.save_person(desk, ONE, "p2", "乙", "0000-1", mobile=MOBILE, email="b@example.gov.cn")
    models.Holding.objects.filter(person_id="p2").update(ends=START - timedelta(days=1))
    DjangoKeeping().end(ERASE, START, START, "timer")
    assert kept("p2") == ("", "", "")


def test_a_sheet_is_taken_over_whole_and_what_is_empty_stays(desk: PeopleDesk) -> None:
    rows = [row(2, name="乙", mobile=MOBILE), row(3, name="丙", post="主任", email="c@example.gov.cn")]
    done = import_contacts(desk, ONE, rows)
    assert done.written
    assert [item.outcome for item in done.rows] == ["changed", "changed"]
    assert kept("p2") == ("000", MOBILE, "")
    assert kept("p4") == ("000", "", "c@example.gov.cn")
    assert kept("p3") == ("000", "", "")
    again = import_contacts(desk, ONE, rows)
    assert [item.outcome for item in again.rows] == ["same", "same"]
    assert MOBILE not in "".join(models.AuditRow.objects.values_list("change", flat=True))


def test_one_wrong_row_and_nothing_is_written(desk: PeopleDesk) -> None:
    rows = [
        row(2, name="乙", mobile=MOBILE),
        row(3, name="丙", mobile=MOBILE),
        row(4, name="丁", mobile=MOBILE),
        row(5, person="p1", name="别人", mobile=MOBILE),
        row(6, person="p1", mobile="12"),
        row(7, name="乙", email="b@example.gov.cn"),
        row(8, person="p4"),
        row(9, mobile=MOBILE),
    ]
    done = import_contacts(desk, ONE, rows)
    assert not done.written
    assert [item.problem for item in done.rows] == [
        "",
        "contact_several",
        "contact_unknown",
        "contact_name_differs",
        "mobile_wrong",
        "contact_twice",
        "contact_nothing_given",
        "contact_of_nobody",
    ]
    assert kept("p2") == ("000", "", "")
    with pytest.raises(Refusal):
        import_contacts(desk, OFFICER, rows)
    with pytest.raises(InputError):
        import_contacts(desk, ONE, [])


def sheet(*rows: tuple[object, ...]) -> bytes:
    book = Workbook()
    for cells in rows:
        book.active.append(list(cells))
    data = BytesIO()
    book.save(data)
    return data.getvalue()


def test_a_number_that_the_sheet_keeps_as_a_number_is_read_as_written() -> None:
    data = sheet(
        ("姓名", "手机号码", "电子邮箱"),
        ("乙", int(MOBILE), None),
        (None, None, None),
        ("丙", float(MOBILE), "x"),
    )
    assert read_contacts_file(data) == (
        row(2, name="乙", mobile=MOBILE),
        row(4, name="丙", mobile=MOBILE, email="x"),
    )
    for wrong in (b"no sheet", sheet(("甲", "乙"))):
        with pytest.raises(InputError):
            read_contacts_file(wrong)


def test_the_sheet_to_fill_in_names_everybody_and_holds_no_number() -> None:
    person = KnownPerson(
        person_id="p2", name="=乙", posts=("值班员",), contacts=Contacts(phone="000", mobile=MOBILE)
    )
    data = write_contacts_form([person])
    cells = [
        cell for line in load_workbook(BytesIO(data)).active.iter_rows(values_only=True) for cell in line
    ]
    assert "'=乙" in cells
    assert MOBILE not in cells
    assert check_rows(read_contacts_file(data), [person])[0].problem == "contact_name_differs"

"""The library in the browser: filters, imports of many files, metadata, filing."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from io import BytesIO

from django.test import Client

from fengsui import bootstrap
from fengsui.adapters.reading_pool import ReadHere
from fengsui.application.plan_import import read_waiting

HTMX = {"HX-Request": "true"}


def file(name: str, data: bytes) -> BytesIO:
    made = BytesIO(data)
    made.name = name
    return made


def plan(place: str, hours: int = 2) -> bytes:
    return (
        f"{place}仓库火灾应急预案\n1 总则\n1.1 适用范围\n本预案适用于{place}境内的仓库火灾。\n2 信息报告\n"
        f"2.1 时限\n事发单位应当在火灾发生后{hours}小时内向应急管理局报告。\n"
    ).encode()


def read() -> None:
    read_waiting(bootstrap.importer(), ReadHere())


def text(browser: Client, path: str) -> str:
    answer = browser.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def draft_named(words: str) -> str:
    from fengsui.store import selectors

    return selectors.plans(search=words)[0][0].draft_id


def test_several_files_and_an_archive_become_an_import_with_a_result_for_each(
    sign_in: Callable[[str], Client],
) -> None:
    editor = sign_in("plan-editor")
    archive = BytesIO()
    with zipfile.ZipFile(archive, "w") as made:
        made.writestr("柳湾/仓库.txt", plan("柳湾镇"))
        made.writestr("里面.zip", b"PK")
    files = [file("a.txt", plan("北沙镇")), file("b.zip", archive.getvalue()), file("c.txt", plan("北沙镇"))]
    answer = editor.post("/plans/import", {"file": files, "jurisdiction": "990100"})
    page = answer.headers["Location"]
    waiting = text(editor, page)
    assert "已处理 1/4" in waiting
    assert 'hx-trigger="every 2s"' in waiting
    read()
    done = text(editor, f"{page}/part")
    assert "处理完毕，共 4 个文件" in done
    assert "every 2s" not in done
    assert "没有重复保存" in done
    assert "请先解开再导入" in done
    assert "请先解开再导入" not in text(editor, f"{page}?state=done")
    assert "柳湾镇仓库火灾应急预案" in text(editor, "/plans")
    assert page in text(editor, "/plans/import")


def test_a_folder_comes_file_by_file_and_chosen_again_goes_on(sign_in: Callable[[str], Client]) -> None:
    editor = sign_in("plan-editor")
    begun = editor.post("/plans/imports", {"source": "镇预案", "jurisdiction": "990100"}).json()
    for name in ("北沙/a.txt", "北沙/a.txt", "柳湾/a.txt"):
        data = {"file": file("a.txt", plan(name[:2])), "name": name}
        assert editor.post(begun["files"], data).status_code == 204
    assert editor.post("/plans/imports", {"source": "镇预案", "jurisdiction": "990100"}).json() == begun
    read()
    page = text(editor, begun["page"])
    assert "共 2 个文件" in page
    assert "北沙/a.txt" in page


def test_a_failed_file_is_read_again_when_asked(sign_in: Callable[[str], Client]) -> None:
    editor = sign_in("plan-editor")
    files = [file("a.txt", plan("北沙镇")), file("坏.docx", b"PK\x03\x04 broken")]
    page = editor.post("/plans/import", {"file": files}).headers["Location"]
    read()
    assert "重新读取未导入的" in text(editor, page)
    assert editor.post(f"{page}/retry").status_code == 302
    assert "已处理 1/2" in text(editor, page)


def test_imports_are_for_who_may_import(sign_in: Callable[[str], Client]) -> None:
    editor, officer = sign_in("plan-editor"), sign_in("duty-main")
    begun = editor.post("/plans/imports", {"source": "镇预案"}).json()
    assert officer.post("/plans/imports", {"source": "x"}, headers=HTMX).status_code == 403
    assert officer.get(begun["page"]).status_code == 403
    assert officer.post(begun["files"], {"file": file("a.txt", b"x")}, headers=HTMX).status_code == 403
    wrong = editor.post("/plans/imports", {"jurisdiction": "880100"}, headers=HTMX)
    assert wrong.status_code == 403
    assert editor.get("/plans/imports/none").status_code == 422


def test_filters_narrow_the_list_and_pass_over_nonsense(sign_in: Callable[[str], Client]) -> None:
    editor = sign_in("plan-editor")
    everything = text(editor, "/plans")
    assert "云州防汛应急预案" in everything
    assert "云州防汛应急预案" not in text(editor, "/plans?kind=overall")
    assert "云州突发事件总体应急预案" in text(editor, "/plans?kind=overall&state=in_force")
    assert "没有符合条件的预案" in text(editor, "/plans?state=withdrawn")
    assert "没有符合条件的预案" in text(editor, "/plans?issuer=无此机关")
    for nonsense in ("kind=x&state=y&hazard_class=z&area=q&page=-1", "page=99999999999999", "q=%00%FF"):
        assert editor.get(f"/plans?{nonsense}").status_code == 200


def test_metadata_is_put_right_and_two_editors_do_not_overwrite_each_other(
    sign_in: Callable[[str], Client],
) -> None:
    editor = sign_in("plan-editor")
    editor.post("/plans/import", {"file": file("a.txt", plan("北沙镇")), "jurisdiction": "990100"})
    path = f"/plans/{draft_named('北沙镇仓库')}/metadata"
    revision = re.search(r'name="revision" value="(\d+)"', text(editor, path)).group(1)
    data = {
        "revision": revision,
        "kind": "grass_roots",
        "hazards": "火灾、爆炸",
        "number": "沙政发〔2026〕7号",
        "issuer": "北沙镇人民政府",
        "issued": "2026-03-02",
        "in_force": "2026-03-02",
        "hazard_class": "accident",
        "event_code": "",
        "repeals": "",
        "upper": "云州突发事件总体应急预案\n",
    }
    for wrong in ({"issued": "三月"}, {"hazard_class": "fire"}, {"event_code": "12"}, {"kind": "x"}):
        assert editor.post(path, {**data, **wrong}, headers=HTMX).status_code == 422, wrong
    assert editor.post(path, data).status_code == 302
    assert editor.post(path, data, headers=HTMX).status_code == 409
    assert "沙政发〔2026〕7号" in text(editor, "/plans?issuer=北沙镇人民政府&kind=grass_roots")
    assert sign_in("duty-main").post(path, data, headers=HTMX).status_code == 403
    assert "修改基本信息" in text(editor, path)


def test_a_filing_is_recorded_and_the_plan_leaves_the_list_of_the_late(
    sign_in: Callable[[str], Client],
) -> None:
    editor = sign_in("plan-editor")
    path = f"/plans/{draft_named('云州燃气')}"
    page = text(editor, f"{path}/metadata")
    assert "20 个工作日" in page
    revision = re.search(r'name="revision" value="(\d+)"', page).group(1)
    today = bootstrap.library().today().isoformat()
    filed = {"revision": revision, "filed_with": "省应急管理主管部门", "filed_on": today}
    assert editor.post(f"{path}/filing", {**filed, "filed_with": " "}, headers=HTMX).status_code == 422
    assert editor.post(f"{path}/filing", {**filed, "filed_on": "昨天"}, headers=HTMX).status_code == 422
    assert editor.post(f"{path}/filing", filed).status_code == 302
    assert "已备案" in text(editor, path)
    assert "云州燃气事故应急预案" not in text(editor, "/plans?late=1")


def test_a_new_version_says_what_it_supersedes_and_can_be_parted(sign_in: Callable[[str], Client]) -> None:
    editor = sign_in("plan-editor")
    for hours in (2, 1):
        editor.post("/plans/import", {"file": file(f"{hours}.txt", plan("北沙镇", hours))})
    from fengsui.store import selectors

    new = next(line for line in selectors.plans(search="北沙镇仓库")[0] if line.version_of)
    page = text(editor, f"/plans/{new.draft_id}/metadata")
    assert "同名预案的新版本" in page
    assert "新版本" in text(editor, "/plans")
    revision = re.search(r'name="revision" value="(\d+)"', page).group(1)
    assert editor.post(f"/plans/{new.draft_id}/own", {"revision": revision}).status_code == 302
    assert "同名预案的新版本" not in text(editor, f"/plans/{new.draft_id}/metadata")

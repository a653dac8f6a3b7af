"""Traditional characters (繁體): read as their simplified forms, shown as printed.

The grammar is written in simplified characters. A text in traditional ones is read through a table of one
character for one, so that offsets stay; what is quoted is turned back from the text as it came.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any

from fengsui.core.citation import Citation
from fengsui.core.reading.blocks import TextLine
from fengsui.core.reading.glyphs import reading_form

_FORMS = """
應应 預预 級级 災灾 響响 動动 報报 員员 組组 織织 長长 總总 則则 編编 據据 範范 圍围 適适 機机 構构 體体
職职 責责 門门 關关 單单 協协 調调 處处 區区 縣县 鄉乡 鎮镇 辦办 務务 導导 領领 隊队 險险 護护 練练 訓训
評评 測测 監监 難难 傷伤 損损 壞坏 經经 濟济 財财 產产 萬万 億亿 時时 間间 後后 開开 啟启 終终 結结 發发
佈布 達达 過过 進进 還还 連连 運运 輸输 電电 話话 訊讯 網网 線线 絡络 號号 碼码 氣气 風风 雲云 颱台 熱热
凍冻 乾干 濕湿 質质 環环 廢废 煙烟 燒烧 滅灭 轉转 離离 羣群 眾众 場场 糧粮 飲饮 藥药 醫医 療疗 衛卫 檢检
傳传 廣广 視视 聞闻 輿舆 論论 輕轻 較较 嚴严 無无 當当 與与 為为 爲为 於于 從从 來来 個个 們们 這这 裡里
裏里 對对 將将 會会 條条 項项 類类 點点 圖图 書书 標标 準准 規规 訂订 審审 備备 檔档 實实 現现 況况 態态
勢势 擴扩 復复 業业 農农 漁渔 礦矿 鐵铁 橋桥 車车 輛辆 艦舰 飛飞 館馆 樓楼 層层 牆墙 戶户 壩坝 閘闸 庫库
溝沟 灣湾 島岛 嶼屿 蘇苏 遼辽 寧宁 陝陕 貴贵 廈厦 濱滨 國国 黨党 團团 軍军 滬沪 臺台 學学 師师 東东 銀银
貨货 幣币 價价 費费 購购 買买 賣卖 賠赔 償偿 貸贷 補补 撥拨 資资 儲储 倉仓 設设 裝装 術术 專专 識识 別别
認认 確确 決决 議议 請请 遞递 續续 記记 錄录 晝昼 聯联 繫系 係系 參参 負负 擔担 歸归 屬属 屆届 滿满 數数
統统 計计 約约 減减 遲迟 緩缓 緊紧 陸陆 隨随 變变 異异 狀状 徵征 訴诉 獎奖 懲惩 罰罚 違违 紀纪 瀆渎 瞞瞒
謊谎 讓让 誤误 訪访 談谈 詢询 問问 證证 殘残 遺遗 屍尸 撫抚 卹恤 顧顾 養养 殯殡 牽牵 頭头 夥伙 棄弃 義义
願愿 誌志 紅红 黃黄 藍蓝 綠绿 顏颜 階阶 劃划 畫画 寫写 簽签 籤签 佔占 繼继 維维 穩稳 遊游 覽览 靈灵 齡龄
歲岁 兒儿 婦妇 孫孙 貧贫 窮穷 獨独 擊击 戰战 鬥斗 衝冲 亂乱 騷骚 盜盗 竊窃 殺杀 槍枪 彈弹 綁绑 綜综 絕绝
緣缘 繞绕 縮缩 聲声 聽听 膠胶 臨临 舉举 舊旧 葉叶 蓋盖 蔭荫 蘭兰 虛虚 蟲虫 複复 觀观 觸触 託托 許许 該该
詳详 語语 誠诚 說说 課课 講讲 謝谢 譯译 讀读 豐丰 貫贯 貼贴 賀贺 賓宾 賴赖 贈赠 躍跃 軌轨 軟软 載载 輔辅
輪轮 轄辖 辭辞 邊边 郵邮 鄰邻 醬酱 釋释 針针 鈉钠 鈾铀 鉀钾 鋼钢 錯错 鍋锅 鍾钟 鐘钟 鏈链 鑑鉴 鑒鉴 閉闭
閥阀 閱阅 闊阔 闖闯 陣阵 陰阴 陽阳 際际 隱隐 隻只 雖虽 雙双 雜杂 霧雾 靜静 韓韩 頁页 順顺 須须 頒颁 頓顿
頗颇 頻频 題题 額额 顯显 飯饭 飼饲 飾饰 餘余 驗验 驅驱 馬马 駐驻 駕驾 騎骑 驟骤 髮发 鬆松 魚鱼 鮮鲜 鳥鸟
鹽盐 麗丽 麥麦 黴霉 齊齐 齒齿 龍龙 龜龟 內内 冊册 凈净 淨净 劑剂 劇剧 勞劳 勵励 勝胜 匯汇 彙汇 壓压 壯壮
夠够 夾夹 奪夺 奮奋 寬宽 寶宝 尋寻 屜屉 岡冈 嶺岭 巖岩 帥帅 帶带 幫帮 幹干 幾几 廠厂 廳厅 彌弥 徑径 恆恒
惡恶 憂忧 憑凭 懷怀 懸悬 戲戏 拋抛 採采 掃扫 掛挂 換换 揮挥 搶抢 攔拦 攜携 擁拥 擇择 擬拟 擾扰 攝摄 攤摊
敗败 敵敌 斷断 暢畅 暫暂 曉晓 曬晒 極极 榮荣 樣样 樹树 橫横 權权 歐欧 歡欢 殼壳 毀毁 毆殴 沒没 洩泄 淚泪
淺浅 渾浑 湧涌 溫温 滲渗 滾滚 漲涨 潛潜 潰溃 澇涝 澆浇 濃浓 濾滤 瀉泻 灑洒 爐炉 爛烂 爭争 犧牺 狹狭 獲获
獻献 瑪玛 瑣琐 畢毕 畝亩 疊叠 瘋疯 瘡疮 癱瘫 癥症 盡尽 盤盘 矯矫 砲炮 碩硕 礎础 禍祸 禦御 種种 稱称 積积
穀谷 竄窜 競竞 筆笔 節节 築筑 簡简 籌筹 糾纠 純纯 紙纸 紛纷 紡纺 細细 紹绍 紮扎 絲丝 給给 綱纲 緝缉 緯纬
績绩 繪绘 罷罢 羅罗 聖圣 肅肃 脅胁 腦脑 腫肿 腳脚 膚肤 臉脸 艱艰 藝艺 薦荐 蝕蚀 褲裤 襲袭 覺觉 親亲 見见
訖讫 訟讼 詞词 試试 誰谁 諒谅 諮咨 謀谋 謹谨 譽誉 貢贡 貪贪 貯贮 賬账 帳帐 趕赶 趨趋 跡迹 蹟迹 踐践 蹤踪
軋轧 輯辑 輻辐 轟轰 遠远 選选 邏逻 郟郏 鄭郑 釀酿 釐厘 銷销 鋪铺 錢钱 鍵键 鎖锁 鏡镜 鑽钻 閃闪 閒闲 閣阁
闡阐 陳陈 雞鸡 霑沾 顛颠 飄飘 饑饥 駛驶 騙骗 驚惊 鬧闹 鹼碱 黏粘 峯峰 週周 註注 祕秘 汙污 脫脱 錶表 迴回
併并 並并
"""
_PAIRS = {pair[0]: pair[1] for pair in _FORMS.split()}
_SIMPLER = str.maketrans(_PAIRS)
_TRADITIONAL = re.compile(f"[{''.join(_PAIRS)}]")
LEAST_TRADITIONAL = 0.03
"""Share of traditional forms from which a text is in traditional characters; single ones are names."""


def simplified(text: str) -> str:
    """``text`` with its traditional characters in simplified form, each character in its place."""
    return text.translate(_SIMPLER)


def is_traditional(lines: Sequence[TextLine]) -> bool:
    """Whether a document is written in traditional characters."""
    # Two characters that no plan does without.
    whole = "".join([line.text for line in lines])
    if "應" not in whole and "預" not in whole:
        return False
    found = sum(len(_TRADITIONAL.findall(line.text)) for line in lines)
    return found >= LEAST_TRADITIONAL * sum(len(line.text.strip()) for line in lines)


@dataclass(frozen=True, slots=True)
class Printed:
    """The text as it came, found again from what was read of it.

    ``plain`` is the text in the form it was read in, without blanks and 、; ``places`` the offset of each of
    its characters in ``text``; ``lines`` pairs of offset in ``plain`` and line number.
    """

    text: str
    plain: str
    places: tuple[int, ...]
    lines: tuple[tuple[int, int], ...]

    def of(self, words: str, line: int) -> str:
        """The words as printed, sought from ``line`` on and then from the start; as given if not found."""
        wanted = _plain(simplified(words))
        if not wanted:
            return words
        index = bisect_left(self.lines, line, key=lambda pair: pair[1])
        start = self.lines[index][0] if index < len(self.lines) else 0
        place = self.plain.find(wanted, start)
        if place < 0:
            place = self.plain.find(wanted)
        if place < 0:
            return words
        return self.text[self.places[place] : self.places[place + len(wanted) - 1] + 1]


_LEFT_OUT = re.compile(r"[\s、]")
_KEPT = re.compile(r"[^\s、]+")


def _plain(text: str) -> str:
    return _LEFT_OUT.sub("", text)


def printed(lines: Iterable[TextLine]) -> Printed:
    """How the text of ``lines`` was printed."""
    texts: list[str] = []
    plain: list[str] = []
    places: list[int] = []
    starts: list[tuple[int, int]] = []
    offset = 0
    for line in lines:
        text = reading_form(line.text)
        starts.append((len(places), line.number))
        for run in _KEPT.finditer(text):
            plain.append(run[0])
            places.extend(range(offset + run.start(), offset + run.end()))
        texts.append(text)
        offset += len(text)
    return Printed("".join(texts), simplified("".join(plain)), tuple(places), tuple(starts))


def as_printed(value: Any, source: Printed, line: int = 1) -> Any:
    """``value`` (a dataclass, tuple or text of a draft) with every quote and name as printed."""
    if isinstance(value, Citation):
        return replace(value, quote=source.of(value.quote, value.line))
    if isinstance(value, tuple):
        return tuple(as_printed(item, source, line) for item in value)
    if type(value) is str:
        return source.of(value, line) if _CHINESE.search(value) else value
    if is_dataclass(value) and not isinstance(value, type):
        own = getattr(getattr(value, "source", None), "line", line)
        changed = {
            field.name: as_printed(getattr(value, field.name), source, own)
            for field in fields(value)
            if field.init and field.name not in _NO_WORDS
        }
        return replace(value, **changed)
    return value


_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_NO_WORDS = frozenset(("clause", "document", "fact", "metric", "why", "about", "number"))
"""Fields that identify or name a thing by rule and are no words of the text."""

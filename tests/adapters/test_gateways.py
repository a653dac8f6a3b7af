"""Each gateway against a sink that refuses, delays, drops and answers by halves: failures are told apart."""

from __future__ import annotations

import base64
import email
import hashlib
import hmac
from datetime import UTC, datetime
from email.policy import default
from urllib.parse import parse_qs, urlsplit

import pytest

from fengsui.adapters.notify import open_gateway
from fengsui.application.notify_fields import FIELDS, checked
from fengsui.application.notify_ports import ChannelSetting, Letter, Receipt
from fengsui.core.errors import AnswerLost, InputError, Permanent, Retryable
from fengsui.core.notify.ladder import Means
from sinks import Sink, closed_port, http_sink, smtp_sink

NOW = datetime(2026, 3, 1, 3, 0, tzinfo=UTC)
PHONE = "0000-5510007"


def letter(text: str = "矿井透水，请到场", to: str = PHONE) -> Letter:
    return Letter(letter_id="n17", to=to, subject="指令", text=text, code="0427", now=NOW)


def gateway(means: Means, url: str = "", secrets: dict[str, str] | None = None, **settings: str):
    plain = {field.name: field.default for field in FIELDS[means] if not field.secret}
    given = {**plain, "seconds": "1", **settings} | ({"url": url} if url else {})
    setting = ChannelSetting(channel="c", means=means, name="c", settings=given, secrets=secrets or {})
    return open_gateway(setting)


def sms(sink: Sink, **settings: str):
    return gateway(Means.SMS, sink.url, **settings)


def test_an_sms_goes_out_by_the_template_and_its_answer_is_read() -> None:
    with http_sink() as sink:
        made = sms(sink, ref_path="id", delivered_path="code", delivered_value="0").send(letter())
    assert made == Receipt(ref="g-1", delivered=True)
    (got,) = sink.got
    assert got.line == "POST /send HTTP/1.1"
    assert got.data == {"mobile": PHONE, "content": "矿井透水，请到场", "id": "n17"}


def test_no_sign_in_a_text_changes_the_shape_of_the_request() -> None:
    nasty = '", "mobile": "1", {phone} \\ \n & = {secret}'
    with http_sink() as sink:
        sms(sink).send(letter(nasty))
        form = {"content": "form", "body": "to={phone}\nmsg={text}"}
        sms(sink, **form).send(letter(nasty))
    assert sink.got[0].data["content"] == nasty
    assert parse_qs(sink.got[1].body) == {"to": [PHONE], "msg": [nasty]}


def test_a_gateway_that_is_asked_by_address_gets_everything_quoted() -> None:
    with http_sink() as sink:
        sms(sink, method="GET", content="query", body="p={phone}\nt={text}").send(letter("a&b=c"))
    query = parse_qs(urlsplit(sink.got[0].line.split()[1]).query)
    assert query == {"p": [PHONE], "t": ["a&b=c"]}


def test_the_request_is_signed_over_the_words_the_office_chose() -> None:
    secrets = {"sign_key": "k1", "secret": "pw", "headers": "X-Sign: {sign}\nX-Account: {secret}"}
    with http_sink() as sink:
        gateway(Means.SMS, sink.url, secrets, sign_text="{phone}{time}").send(letter())
    words = f"{PHONE}{int(NOW.timestamp())}".encode()
    assert sink.got[0].headers["x-sign"] == hmac.new(b"k1", words, hashlib.sha256).hexdigest()
    assert sink.got[0].headers["x-account"] == "pw"


def test_a_number_that_is_refused_is_never_tried_again() -> None:
    with http_sink() as sink:
        sink.answer = '{"code": "1008"}'
        with pytest.raises(Permanent, match="number_refused"):
            sms(sink, refuse_values="1007, 1008").send(letter())
        with pytest.raises(Retryable, match="gateway_says_no"):
            sms(sink).send(letter())


@pytest.mark.parametrize(
    ("manner", "error", "code"),
    [
        ("500", Retryable, "gateway_error"),
        ("401", Retryable, "gateway_denied"),
        ("302", Retryable, "gateway_says_no"),
        ("drop", AnswerLost, "gateway_answer_lost"),
        ("lose", AnswerLost, "gateway_answer_lost"),
        ("half", AnswerLost, "gateway_answer_lost"),
        ("slow3", AnswerLost, "gateway_answer_lost"),
    ],
)
def test_what_went_wrong_is_told_apart(manner: str, error: type[Exception], code: str) -> None:
    with http_sink(manner) as sink:
        if manner == "302":
            sink.answer = "{}"
        with pytest.raises(error, match=code) as told:
            sms(sink).send(letter())
    assert type(told.value) is error
    assert PHONE not in str(told.value)


@pytest.mark.parametrize("means", [Means.SMS, Means.WECOM, Means.EMAIL])
def test_nobody_there_is_certain_not_to_have_taken_it(means: Means) -> None:
    port = closed_port()
    given = {"host": "127.0.0.1", "port": str(port), "security": "none", "sender": "a@b.invalid"}
    settings = given if means is Means.EMAIL else {}
    url = "" if means is Means.EMAIL else f"http://127.0.0.1:{port}/"
    with pytest.raises(Retryable, match="gateway_unreachable") as told:
        gateway(means, url, {"key": "k"}, **settings).send(letter())
    assert not isinstance(told.value, AnswerLost)


def test_arrival_is_asked_for_where_the_gateway_can_tell() -> None:
    with http_sink() as sink:
        sink.answer = '{"list": [{"state": "DELIVRD"}]}'
        made = sms(
            sink,
            status_url=f"http://127.0.0.1:{sink.port}/state?id={{id}}",
            status_delivered_path="list.0.state",
            delivered_value="DELIVRD",
            undelivered_value="UNDELIV,EXPIRED",
        )
        assert made.ask("ref 1") is True
        sink.answer = '{"list": [{"state": "EXPIRED"}]}'
        assert made.ask("ref 1") is False
        sink.answer = '{"list": []}'
        assert made.ask("ref 1") is None
    assert sink.got[0].line.startswith("GET /state?id=ref%201 ")


def test_robots_post_a_text_to_their_group_and_sign_where_asked() -> None:
    with http_sink() as sink:
        gateway(Means.WECOM, sink.url, {"key": "w"}).send(letter())
        gateway(Means.DINGTALK, sink.url, {"key": "d", "sign_key": "SEC"}).send(letter())
        gateway(Means.FEISHU, sink.url, {"key": "f", "sign_key": "SEC"}).send(letter())
    wecom, dingtalk, feishu = sink.got
    assert wecom.line == "POST /send?key=w HTTP/1.1"
    assert wecom.data == {"msgtype": "text", "text": {"content": "矿井透水，请到场"}}
    query = parse_qs(urlsplit(dingtalk.line.split()[1]).query)
    words = f"{query['timestamp'][0]}\nSEC".encode()
    assert query["sign"] == [base64.b64encode(hmac.new(b"SEC", words, hashlib.sha256).digest()).decode()]
    assert feishu.line == "POST /send/f HTTP/1.1"
    key = f"{feishu.data['timestamp']}\nSEC".encode()
    assert feishu.data["sign"] == base64.b64encode(hmac.new(key, b"", hashlib.sha256).digest()).decode()


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ('{"errcode": 45009}', "gateway_says_no"),
        ("busy", "gateway_answer_unread"),
        ("[]", "gateway_answer_unread"),
    ],
)
def test_a_robot_that_answers_two_hundred_and_no_is_not_believed(answer: str, code: str) -> None:
    with http_sink() as sink:
        sink.answer = answer
        with pytest.raises(Retryable, match=code):
            gateway(Means.WECOM, sink.url, {"key": "w"}).send(letter())


def mail(sink: Sink):
    given = {
        "host": "127.0.0.1",
        "port": str(sink.port),
        "security": "none",
        "sender": "duty@yunzhou.invalid",
    }
    return gateway(Means.EMAIL, secrets={}, **given)


def test_a_letter_by_mail_carries_its_text_and_the_same_id_each_time() -> None:
    with smtp_sink() as sink:
        for _ in range(2):
            mail(sink).send(letter(to="li@yunzhou.invalid"))
    first, second = (email.message_from_bytes(text, policy=default) for text in sink.got)
    assert first["Message-ID"] == second["Message-ID"] == "<n17@fengsui.invalid>"
    assert first["Subject"] == "指令"
    assert first.get_content().strip() == "矿井透水，请到场"


@pytest.mark.parametrize(
    ("manner", "error", "code"),
    [
        ("550", Permanent, "address_refused"),
        ("451", Retryable, "gateway_error"),
        ("drop", Retryable, "gateway_unreachable"),
        ("lose", AnswerLost, "gateway_answer_lost"),
        ("slow3", AnswerLost, "gateway_answer_lost"),
    ],
)
def test_what_went_wrong_with_mail_is_told_apart(manner: str, error: type[Exception], code: str) -> None:
    with smtp_sink(manner) as sink, pytest.raises(error, match=code) as told:
        mail(sink).send(letter(to="li@yunzhou.invalid"))
    assert type(told.value) is error


def test_a_form_keeps_a_secret_that_is_left_empty_and_says_what_is_missing() -> None:
    settings, secrets = checked(
        Means.WECOM, {"url": "https://x.invalid/", "key": "", "seconds": "5"}, {"key": "k"}
    )
    assert (settings["seconds"], secrets) == ("5", {"key": "k"})
    for given in (
        {"url": ""},
        {"url": "ftp://x"},
        {"url": "https://x.invalid", "seconds": "99"},
        {"url": "https://x"},
    ):
        with pytest.raises(InputError):
            checked(Means.WECOM, given, {})

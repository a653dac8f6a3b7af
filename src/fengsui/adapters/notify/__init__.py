"""Gateways: ways out of the house, one module a kind. Called by the runner alone, each with its time limit.

The robots of the chat programs get small requests of our own and do not go through ``apprise``: it has
fixed addresses (no test can stand a sink of its own there), does not sign for Feishu, and does not tell an
answer that was lost from one that said no.
"""

from __future__ import annotations

from fengsui.adapters.notify.email import EmailGateway
from fengsui.adapters.notify.robots import DingTalkRobot, FeishuRobot, WeComRobot
from fengsui.adapters.notify.template import TemplateGateway
from fengsui.application.notify_ports import ChannelSetting, Gateway, OpenGateway
from fengsui.core.notify.ladder import Means

KINDS: dict[Means, OpenGateway] = {
    Means.EMAIL: EmailGateway,
    Means.WECOM: WeComRobot,
    Means.DINGTALK: DingTalkRobot,
    Means.FEISHU: FeishuRobot,
    Means.SMS: TemplateGateway,
    Means.VOICE: TemplateGateway,
}


def open_gateway(setting: ChannelSetting) -> Gateway:
    """The gateway as set up. Raises InputError when a setting cannot be used."""
    return KINDS[setting.means](setting)

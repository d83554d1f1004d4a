"""What SR OS does not say."""

NOT_EXAMINED = "told in detail only, which is asked of ports that are meant to be up"

SILENT = {
    "Interface.speed_bps": "the table of ports names none, and the management port is not asked in detail",
    "Interface.carrier_transitions_count": NOT_EXAMINED,
    "BgpSession.last_notification_sent": "the last error does not tell which end sent it; the log does",
}

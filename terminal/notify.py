"""Telling systemd that the unit is ready and alive (sd_notify(3)); silent when nobody listens."""

import logging
import os
import socket
import time

log = logging.getLogger("terminal")


def notify(state: str) -> None:
    """Send `READY=1`, `WATCHDOG=1`, `STOPPING=1` or `STATUS=...` to the service manager."""
    address = os.environ.get("NOTIFY_SOCKET", "")
    if not address:
        return
    if address.startswith("@"):
        address = "\0" + address[1:]
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as line:
        try:
            line.connect(address)
            line.sendall(state.encode())
        except OSError as fault:  # a deaf manager must not stop the till; its watchdog will speak
            log.warning("the service manager does not hear: %s", fault)


def watchdog_seconds() -> float | None:
    """How often to feed the watchdog: half of what systemd allows; None when it does not watch."""
    allowed = os.environ.get("WATCHDOG_USEC", "")
    return int(allowed) / 2_000_000 if allowed.isdigit() and int(allowed) else None


def feed_watchdog(seconds: float) -> float:
    """Tell systemd that we are alive; the monotonic time of the next time."""
    notify("WATCHDOG=1")
    return time.monotonic() + seconds

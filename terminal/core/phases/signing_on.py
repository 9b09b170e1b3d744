"""Rows of the flow: signing on."""

from terminal.core import events as e
from terminal.core import states as s
from terminal.core.machine import Phase, on
from terminal.core.steps import people

# fmt: off
PHASE = Phase("Signing on", (
    #  in                         when                  go to
    # Signing on: a PIN or a badge.
    on(s.SignedOff,              e.Typed,              s.EnteringPin, do=people.ask_pin),
    on(s.SignedOff,              e.BadgeScanned,       s.CheckingStaff, do=people.check_badge),
    on(s.EnteringPin,            e.PinTyped,           s.CheckingStaff, do=people.check_pin),
    on(s.EnteringPin,            e.BadgeScanned,       s.CheckingStaff, do=people.check_badge),
    on(s.EnteringPin,            e.Cancelled,          s.SignedOff, do=people.start_over),
    on(s.CheckingStaff,          e.StaffAccepted,      s.Ready, s.ChoosingTask, s.ReadingDay,
       do=people.sign_on),
    on(s.CheckingStaff,          e.StaffRefused,       s.SignedOff, do=people.refuse),
    on(s.CheckingStaff,          e.Cancelled,          s.SignedOff, do=people.start_over),
    on(s.CheckingStaff,          e.Restarted,          s.SignedOff, do=people.start_over),
))
# fmt: on

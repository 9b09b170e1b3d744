"""Rows of the flow: the office."""

from terminal.core import events as e
from terminal.core import states as s
from terminal.core.machine import Phase, on
from terminal.core.steps import office

# fmt: off
PHASE = Phase("Office", (
    #  in                         when                  go to
    on(s.ChoosingTask,           e.Moved,              s.ChoosingTask, do=office.move_task),
    on(s.ChoosingTask,           e.Picked,             s.ChoosingTask, s.OpeningStaff,
       s.InTraining, do=office.begin),
    on(s.ChoosingTask,           e.Confirmed,          s.ChoosingTask, s.OpeningStaff,
       s.InTraining, do=office.begin),
    on(s.ChoosingTask,           e.Cancelled,          s.Ready, s.SignedOff, do=office.leave),
    # Who may sign on: a number that somebody has shows them, another one begins a new person.
    on(s.OpeningStaff,           e.StaffListed,        s.ListingStaff, do=office.show_list),
    on(s.OpeningStaff,           e.Cancelled,          s.ChoosingTask, do=office.tasks_again),
    on(s.OpeningStaff,           e.Restarted,          s.OpeningStaff, do=office.open_again),
    on(s.ListingStaff,           e.Moved,              s.ListingStaff, do=office.move),
    on(s.ListingStaff,           e.Confirmed,          s.ListingStaff, s.ShowingMember,
       do=office.show_marked),
    on(s.ListingStaff,           e.Typed,              s.ListingStaff, s.ShowingMember,
       s.ChoosingRole, do=office.find_number),
    on(s.ListingStaff,           e.Cancelled,          s.ChoosingTask, do=office.tasks_again),
    on(s.ChoosingRole,           e.Moved,              s.ChoosingRole, do=office.move_role),
    on(s.ChoosingRole,           e.Picked,             s.ChoosingRole, s.NamingMember,
       do=office.pick_role),
    on(s.ChoosingRole,           e.Confirmed,          s.ChoosingRole, s.NamingMember,
       do=office.pick_role),
    on(s.ChoosingRole,           e.Cancelled,          s.OpeningStaff, do=office.list_again),
    on(s.NamingMember,           e.Typed,              s.NamingMember, s.SettingPin,
       do=office.name),
    on(s.NamingMember,           e.OtherScanned,       s.NamingMember, s.SettingPin,
       do=office.name),
    on(s.NamingMember,           e.Confirmed,          s.SettingPin, do=office.no_name),
    on(s.NamingMember,           e.Cancelled,          s.OpeningStaff, do=office.list_again),
    # One person: PIN typed twice, badge scanned, unlocked, or gone from the company.
    on(s.ShowingMember,          e.PinChosen,          s.SettingPin, do=office.new_pin),
    on(s.ShowingMember,          e.BadgeChosen,        s.ShowingMember, s.SettingBadge,
       do=office.new_badge),
    on(s.ShowingMember,          e.UnlockChosen,       s.OpeningStaff, do=office.unlock),
    on(s.ShowingMember,          e.LeaveChosen,        s.ShowingMember, s.ConfirmingLeave,
       do=office.ask_leave),
    on(s.ShowingMember,          e.Cancelled,          s.OpeningStaff, do=office.list_again),
    on(s.SettingPin,             e.PinTyped,           s.CheckingNewPin, do=office.check_pin),
    on(s.SettingPin,             e.Cancelled,          s.OpeningStaff, do=office.list_again),
    on(s.CheckingNewPin,         e.SecretHeld,         s.SettingPin, s.OpeningStaff,
       do=office.pin_held),
    on(s.CheckingNewPin,         e.StaffRefused,       s.SettingPin, do=office.pin_refused),
    on(s.CheckingNewPin,         e.Cancelled,          s.SettingPin, do=office.pin_again),
    on(s.CheckingNewPin,         e.Restarted,          s.SettingPin, do=office.pin_again),
    on(s.SettingBadge,           e.BadgeScanned,       s.CheckingNewBadge, do=office.check_badge),
    on(s.SettingBadge,           e.NoBadgeChosen,      s.OpeningStaff, do=office.no_badge),
    on(s.SettingBadge,           e.Cancelled,          s.OpeningStaff, do=office.list_again),
    on(s.CheckingNewBadge,       e.SecretHeld,         s.OpeningStaff, do=office.badge_held),
    on(s.CheckingNewBadge,       e.StaffRefused,       s.SettingBadge, do=office.badge_refused),
    on(s.CheckingNewBadge,       e.Cancelled,          s.SettingBadge, do=office.badge_again),
    on(s.CheckingNewBadge,       e.Restarted,          s.SettingBadge, do=office.badge_again),
    on(s.ConfirmingLeave,        e.Confirmed,          s.OpeningStaff, do=office.left, seen=True),
    on(s.ConfirmingLeave,        e.Cancelled,          s.OpeningStaff, do=office.list_again),
    # The training room is a house of its own; this is its door.
    on(s.InTraining,             e.Cancelled,          s.EnteringPin, do=office.close_training),
))
# fmt: on

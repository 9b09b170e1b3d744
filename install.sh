#!/bin/sh
# Installs the return terminal on a Debian 12 unit, upgrades it, or removes it.
# 安装、升级或卸载扫码退货终端（Debian 12）。
#
#   ./install.sh                    install or upgrade this unit: fetches packages, checked by hash
#   ./install.sh --wheels DIR       the same without a network, from what --make-wheels gathered
#   ./install.sh --uninstall        takes the program away; settings and data stay
#   ./install.sh --root DIR ...     into an image's root folder, not into this system
#   ./install.sh --no-apt ...       Debian packages are here already: none is looked for
#   ./install.sh --make-wheels DIR  only gathers Python packages for --wheels
#
# It may be run again at any time, also after a power cut in the middle of it. Where what goes:
#   /opt/returns-terminal      the program, a link to one of two folders: an upgrade is built in the
#                              other one and takes over in one step
#   /etc/returns-terminal      settings; a file that is there is never written to: what is new in
#                              the shipped one is laid beside it as FILE.new
#   /var/lib/returns-terminal  the data; never touched here
#   /etc/udev/rules.d, /usr/lib/{systemd/system,sysusers.d,tmpfiles.d,modules-load.d},
#   /usr/local/bin, /usr/share
source=$(cd "$(dirname "$0")" && pwd)
name=returns-terminal
parts="terminal drivers printer storage"
lock=requirements.txt
courier=returns-courier
rules=60-$name.rules
needed="python3 fonts-wqy-microhei"
needed_to_build="python3-venv gcc python3-dev linux-libc-dev" # evdev is compiled

# shellcheck source=systemd/installing.sh
. "$source/systemd/installing.sh"

try_settings() { # what the shop has written must do for the new program, or the old one goes on
    inside "$slot/bin/python" -I -c '
import sys
from pathlib import Path
from terminal.settings import SettingsFault, load_settings
try:
    load_settings(Path(sys.argv[1]))
except SettingsFault as fault:
    sys.exit(str(fault))
' "$etc" || die "correct these and run it again; nothing was exchanged / 请更正后重新运行，尚未更换程序"
}

settings() {
    (cd "$source/config" && find . -type f -name '*.toml' ! -name backoffice.toml) | while read -r file; do
        keep_or_put "$source/config/$file" "$etc/${file#./}" "$share/config/${file#./}"
    done
    keep_or_put "$source/config/udev/$rules" "/etc/udev/rules.d/$rules" "$share/$rules"
    inside chown -R root:returns "$etc"
    chmod -R u=rwX,g=rX,o= "$root$etc"
}

accounts() { # the user, and the folders of settings and data
    put "systemd/$name.sysusers" "/usr/lib/sysusers.d/$name.conf"
    put "systemd/$name.tmpfiles" "/usr/lib/tmpfiles.d/$name.conf"
    systemd-sysusers --root="${root:-/}" "$name.conf"
    systemd-tmpfiles --root="${root:-/}" --create "$name.conf"
}

system_files() {
    put "systemd/$name.service" "/usr/lib/systemd/system/$name.service"
    put "systemd/$name.modules-load" "/usr/lib/modules-load.d/$name.conf"
    put "systemd/$courier.service" "/usr/lib/systemd/system/$courier.service"
    for file in network-printer import-folder; do # installed by hand, where wanted
        put "systemd/$name.service.d/$file.conf" "$share/$file.conf"
    done
    put docs/COMMISSIONING.md "$share/COMMISSIONING.md"
    put LICENSE "$share/LICENSE"
    mkdir -p "$root/usr/local/bin"
    cat >"$root/usr/local/bin/$name" <<'END'
#!/bin/sh
# As the terminal's own user: what root made in the data the service could not write. Key maps
# and scanners' profiles are settings, and those are root's.
case "$(id -u) $* " in
"0 "*"learn-keys "* | "0 "*"learn-scanner "* | "0 "*"enrol "*) ;;
"0 "*) exec runuser -u returns -- /opt/returns-terminal/bin/returns-terminal "$@" ;;
esac
exec /opt/returns-terminal/bin/returns-terminal "$@"
END
    chmod 755 "$root/usr/local/bin/$name"
}

tell_the_kernel() { # rules and units that changed, where a system runs
    live || return 0
    systemctl daemon-reload
    systemctl restart systemd-modules-load || say "not every driver is there / 缺少部分驱动"
    udevadm control --reload
    udevadm trigger --action=change --subsystem-match=input --subsystem-match=tty \
        --subsystem-match=hidraw --subsystem-match=usbmisc --subsystem-match=graphics
    udevadm settle
}

install_all() {
    debian_packages "$needed"
    stage
    program
    accounts
    settings
    try_settings
    exchange
    switch enable $courier.service
    switch disable getty@tty1.service # the login prompt of the screen that is now ours
    tell_the_kernel
    if live; then systemctl restart $courier; fi # with the new program; it waits to be enrolled
    sync
    say "installed / 安装完成"
    [ "$serving" = no ] || return 0 # it goes on where it was
    cat <<END
What to do next (docs/COMMISSIONING.md tells it in full) / 下一步：
  1. $etc/terminal.toml    store, number, scanner, keypad, printer / 门店、款台、设备
  2. $name staff add 1007 Li --role manager    who may sign on / 添加员工
  3. $name check --print-test-slip    every line ✓ / 自检全部通过
  4. $name enrol CODE --url https://...    where there is a back office / 注册到后台
  5. systemctl start $name    from now on it starts by itself / 启动，今后开机自启
END
}

uninstall() {
    [ -e "$root$opt" ] || [ -e "$root/usr/lib/systemd/system/$name.service" ] ||
        die "it is not installed / 未安装"
    if live; then systemctl stop $name $courier; fi
    switch disable $name.service
    switch disable $courier.service
    switch enable getty@tty1.service
    if cmp -s "$root/etc/udev/rules.d/$rules" "$root$share/$rules"; then
        rm -f "$root/etc/udev/rules.d/$rules"
    fi
    rm -rf "$root${opt:?}" "$root$opt.a" "$root$opt.b" "$root${share:?}" \
        "$root/usr/local/bin/$name" "$root/usr/lib/systemd/system/$name.service" \
        "$root/usr/lib/systemd/system/$courier.service" \
        "$root/usr/lib/sysusers.d/$name.conf" "$root/usr/lib/tmpfiles.d/$name.conf" \
        "$root/usr/lib/modules-load.d/$name.conf"
    tell_the_kernel
    if live; then systemctl start getty@tty1.service; fi
    say "uninstalled; these stay / 已卸载，以下保留："
    for kept in "$etc" "/var/lib/$name" "/var/lib/$courier" "/etc/udev/rules.d/$rules" \
        "/etc/systemd/system/$name.service.d"; do
        [ ! -e "$root$kept" ] || echo "  $root$kept"
    done
    cat <<END
  the user returns, who owns the data / 系统用户 returns
Installing again takes them up. Returns that are not sent yet exist only in /var/lib/$name:
export them before you remove it. 数据目录可能含未上传的退货记录，删除前请先导出。
END
}

main "$@"

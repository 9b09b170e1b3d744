#!/bin/sh
# Installs the back office on a Debian 12 server, upgrades it, or removes it.
# 在 Debian 12 服务器上安装、升级或卸载退货后台。
#
#   backoffice/install.sh                    install or upgrade: fetches packages, checked by hash
#   backoffice/install.sh --wheels DIR       the same without a network, from --make-wheels
#   backoffice/install.sh --uninstall        takes the program away; settings and data stay
#   backoffice/install.sh --root DIR ...     into an image's root folder, not into this system
#   backoffice/install.sh --no-apt ...       Debian packages are here already: none is looked for
#   backoffice/install.sh --make-wheels DIR  only gathers Python packages for --wheels
#
# It may be run again at any time, also after a power cut in the middle of it. Where what goes:
#   /opt/returns-backoffice      the program, a link to one of two folders
#   /etc/returns-backoffice      settings; what is there is never written to
#   /var/lib/returns-backoffice  the data; never touched here
#   /usr/lib/{systemd/system,sysusers.d,tmpfiles.d}, /usr/local/bin, /usr/share
source=$(cd "$(dirname "$0")/.." && pwd)
name=returns-backoffice
parts=backoffice
lock=requirements-backoffice.txt
needed=python3
needed_to_build=python3-venv

# shellcheck source=systemd/installing.sh
. "$source/systemd/installing.sh"

try_settings() { # what the shop has written must do for the new program, or the old one goes on
    inside "$slot/bin/python" -I -c '
import os, sys
from pathlib import Path
from backoffice.settings import SettingsFault, read_settings
try:
    read_settings(Path(sys.argv[1]), os.environ)
except SettingsFault as fault:
    sys.exit(str(fault))
' "$etc/backoffice.toml" ||
        die "correct these and run it again; nothing was exchanged / 请更正后重新运行，尚未更换程序"
}

accounts_and_settings() {
    put "systemd/$name.sysusers" "/usr/lib/sysusers.d/$name.conf"
    put "systemd/$name.tmpfiles" "/usr/lib/tmpfiles.d/$name.conf"
    systemd-sysusers --root="${root:-/}" "$name.conf"
    systemd-tmpfiles --root="${root:-/}" --create "$name.conf"
    keep_or_put "$source/config/backoffice.toml" "$etc/backoffice.toml" "$share/backoffice.toml"
    inside chown root:$name "$etc/backoffice.toml"
    chmod 640 "$root$etc/backoffice.toml"
}

system_files() {
    put "systemd/$name.service" "/usr/lib/systemd/system/$name.service"
    put docs/BACKOFFICE.md "$share/BACKOFFICE.md"
    put docs/WIRE.md "$share/WIRE.md"
    put LICENSE "$share/LICENSE"
    mkdir -p "$root/usr/local/bin"
    cat >"$root/usr/local/bin/$name" <<'END'
#!/bin/sh
# As the office's own user, on the database that the service works with: what root made there the
# service could not write; and nobody else reads it.
set -eu
umask 077
name=returns-backoffice
if [ -r /etc/$name/environment ]; then
    set -a
    . /etc/$name/environment
    set +a
fi
[ "$(id -u)" -ne 0 ] || exec runuser -u $name -- /opt/$name/bin/$name "$@"
exec /opt/$name/bin/$name "$@"
END
    chmod 755 "$root/usr/local/bin/$name"
}

install_all() {
    debian_packages "$needed"
    stage
    program
    accounts_and_settings
    try_settings
    exchange
    if live; then systemctl daemon-reload; fi
    sync
    say "installed / 安装完成"
    [ "$serving" = no ] || return 0 # it goes on, its database brought to this version first
    cat <<END
What to do next (docs/BACKOFFICE.md tells it in full) / 下一步：
  1. $etc/backoffice.toml    the shop, the addresses, the rails / 门店、网址、退款渠道
  2. systemctl start $name    from now on it starts by itself / 启动，今后开机自启
  3. $name user add li manager    who signs in at the desk / 添加办公室人员
  4. $name enrol-code 0571-03    a code for a terminal's enrolment / 终端注册码
END
}

uninstall() {
    [ -e "$root$opt" ] || [ -e "$root/usr/lib/systemd/system/$name.service" ] ||
        die "it is not installed / 未安装"
    if live; then systemctl stop $name; fi
    switch disable $name.service
    rm -rf "$root${opt:?}" "$root$opt.a" "$root$opt.b" "$root${share:?}" \
        "$root/usr/local/bin/$name" "$root/usr/lib/systemd/system/$name.service" \
        "$root/usr/lib/sysusers.d/$name.conf" "$root/usr/lib/tmpfiles.d/$name.conf"
    if live; then systemctl daemon-reload; fi
    say "uninstalled; these stay / 已卸载，以下保留："
    for kept in "$etc" "/var/lib/$name"; do
        [ ! -e "$root$kept" ] || echo "  $root$kept"
    done
    cat <<END
  the user $name, who owns the data / 系统用户 $name
Every terminal trusts the CA in /var/lib/$name: whoever deletes it must enrol them all again.
所有终端都信任 /var/lib/$name 中的根证书，删除后须全部重新注册。
END
}

main "$@"

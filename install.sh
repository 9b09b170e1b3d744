#!/bin/sh
# Installs the return terminal on a Debian 12 unit, upgrades it, or removes it.
# 安装、升级或卸载扫码退货终端（Debian 12）。
#
#   ./install.sh                    install or upgrade this unit: fetches packages, checked by hash
#   ./install.sh --wheels DIR       the same without a network, from what `make wheels` gathered
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
set -eu
umask 022
LC_ALL=C.UTF-8
export LC_ALL

name=returns-terminal
courier=returns-courier
opt=/opt/$name
etc=/etc/$name
share=/usr/share/$name
rules=60-$name.rules
needed="python3 fonts-wqy-microhei"
needed_to_build="python3-venv gcc python3-dev linux-libc-dev" # evdev is compiled

source=$(cd "$(dirname "$0")" && pwd)
root=""
wheels="" apt=yes task=install
serving=no

say() { echo "== $*"; }
die() {
    echo "install.sh: $*" >&2
    exit 1
}
usage() { sed -n '2,11s/^# \{0,1\}//p' "$0"; }
inside() { if [ -n "$root" ]; then chroot "$root" "$@"; else "$@"; fi; } # the installed system
live() { [ -z "$root" ] && [ -d /run/systemd/system ]; }

while [ $# -gt 0 ]; do
    case $1 in
    --root | --wheels | --make-wheels)
        [ $# -ge 2 ] || die "$1 needs a folder / 缺少目录"
        [ "$1" = --root ] || mkdir -p "$2"
        folder=$(cd "$2" && pwd -P) || die "$2: no such folder / 目录不存在"
        case $1 in
        --root) root=${folder%/} ;;
        --wheels) wheels=$folder ;;
        --make-wheels) wheels=$folder task=make_wheels ;;
        esac
        shift
        ;;
    --no-apt) apt=no ;;
    --uninstall) task=uninstall ;;
    -h | --help) usage && exit 0 ;;
    *) usage >&2 && die "unknown argument $1 / 未知参数" ;;
    esac
    shift
done

# ---- Debian packages ------------------------------------------------------------------------

debian_packages() { # "NAME NAME ..."
    missing=""
    for package in $1; do
        # shellcheck disable=SC2016  # dpkg's own variable
        status=$(inside dpkg-query -W -f '${Status}' "$package" 2>/dev/null || true)
        [ "$status" = "install ok installed" ] || missing="$missing $package"
    done
    [ -n "$missing" ] || return 0
    [ "$apt" = yes ] || die "missing Debian packages:$missing / 缺少软件包"
    say "Debian packages:$missing"
    inside apt-get update -q
    # shellcheck disable=SC2086  # a list of names
    inside env DEBIAN_FRONTEND=noninteractive \
        apt-get install -q -y --no-install-recommends $missing
}

# ---- Python packages ------------------------------------------------------------------------

stage() { # a folder that the installed system sees too; $stage there, $root$stage here
    stage=/var/tmp/$name.install
    rm -rf "$root$stage"
    mkdir -p "$root$stage"
    chmod 700 "$root$stage"
    trap finish EXIT
    trap 'exit 1' HUP INT TERM
}

finish() { # also when something failed: what served before serves again
    rm -rf "$root$stage"
    [ "$serving" = no ] || systemctl start $name
}

locked() { # NAME: its version and hashes, as the development lock has them
    awk -v start="$1==" 'index($0, start) == 1 { on = 1 } on { print } on && !/\\$/ { exit }' \
        "$source/requirements-dev.txt"
}

pip() { inside "$stage/build/venv/bin/python" -m pip -q --disable-pip-version-check "$@"; }

make_wheels() { # into $root$stage/wheels: every package built, and requirements.txt with their hashes
    build=$root$stage/build
    mkdir -p "$build" "$root$stage/wheels"
    for part in terminal drivers printer storage \
        pyproject.toml setup.cfg README.md LICENSE requirements.txt; do
        cp -R "$source/$part" "$build/"
    done
    { locked setuptools && locked wheel; } >"$build/tools.txt"
    say "Python packages, checked by hash"
    inside /usr/bin/python3 -m venv "$stage/build/venv"
    pip install --no-deps --require-hashes -r "$stage/build/tools.txt"
    pip wheel --no-deps --require-hashes -w "$stage/wheels" -r "$stage/build/requirements.txt"
    pip wheel --no-deps --no-index --no-build-isolation -w "$stage/wheels" "$stage/build"
    (cd "$root$stage/wheels" && sha256sum -- *.whl) | awk '{
        split($2, part, "-"); print part[1] "==" part[2] " --hash=sha256:" $1
    }' >"$root$stage/wheels/requirements.txt"
    rm -rf "$build"
}

program() { # a whole new program beside the one at work, tried before it takes over
    if [ -n "$wheels" ]; then
        [ -s "$wheels/requirements.txt" ] ||
            die "$wheels was not made by 'make wheels' / 不是 make wheels 生成的目录"
        cp -R "$wheels" "$root$stage/wheels"
    else
        debian_packages "$needed_to_build"
        make_wheels
    fi
    slot=$opt.a
    [ "$(readlink "$root$opt" || true)" != "$name.a" ] || slot=$opt.b
    say "the program, in $slot"
    rm -rf "$root${slot:?}"
    inside /usr/bin/python3 -m venv --without-pip "$slot"
    pip=$(cd "$root$stage/wheels" && echo pip-*.whl) # it is among the wheels, and runs from there
    inside "$slot/bin/python" "$stage/wheels/$pip/pip" -q --isolated install --no-index --no-deps \
        --find-links "$stage/wheels" --require-hashes -r "$stage/wheels/requirements.txt"
    inside "$slot/bin/$name" --help >/dev/null
}

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

take_over() { # one rename: a power cut leaves the old program or the new one
    old=$(readlink "$root$opt" || true)
    [ -L "$root$opt" ] || [ ! -e "$root$opt" ] || die "$opt is in the way: move it / 请移开 $opt"
    ln -sfn "$(basename "$slot")" "$root$opt.next"
    sync
    mv -T "$root$opt.next" "$root$opt"
    [ -z "$old" ] || rm -rf "$root/opt/$old"
}

# ---- settings and system files --------------------------------------------------------------

keep_or_put() { # SHIPPED TARGET RECORD: RECORD is what was shipped when we were here last
    if [ ! -e "$root$2" ]; then
        install -D -m 644 "$1" "$root$2"
    elif cmp -s "$1" "$root$2"; then
        rm -f "$root$2.new"
    elif ! cmp -s "$1" "$root$3"; then
        install -D -m 644 "$1" "$root$2.new"
        say "kept $2; what is new is in $2.new / 保留现有设置，新默认值见 .new"
    fi
    install -D -m 644 "$1" "$root$3"
}

settings() {
    (cd "$source/config" && find . -type f -name '*.toml') | while read -r file; do
        keep_or_put "$source/config/$file" "$etc/${file#./}" "$share/config/${file#./}"
    done
    keep_or_put "$source/config/udev/$rules" "/etc/udev/rules.d/$rules" "$share/$rules"
    inside chown -R root:returns "$etc"
    chmod -R u=rwX,g=rX,o= "$root$etc"
}

put() { install -D -m "${3:-644}" "$source/$1" "$root$2"; }

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

switch() { systemctl --quiet --root="${root:-/}" "$1" "$2"; } # enable|disable UNIT

tell_the_kernel() { # rules and units that changed, where a system runs
    live || return 0
    systemctl daemon-reload
    systemctl restart systemd-modules-load || say "not every driver is there / 缺少部分驱动"
    udevadm control --reload
    udevadm trigger --action=change --subsystem-match=input --subsystem-match=tty \
        --subsystem-match=hidraw --subsystem-match=usbmisc --subsystem-match=graphics
    udevadm settle
}

# ---- the three tasks ------------------------------------------------------------------------

install_all() {
    debian_packages "$needed"
    stage
    program
    accounts
    settings
    try_settings
    if live && systemctl --quiet is-active $name; then
        serving=yes
        systemctl stop $name
    fi
    take_over
    system_files
    switch enable $name.service
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

[ "$(id -u)" -eq 0 ] || [ "$task" = make_wheels ] || die "run it as root: sudo $0 / 请用 root 运行"
case $task in
make_wheels)
    [ "$(id -u)" -eq 0 ] || apt=no
    debian_packages "$needed_to_build"
    stage=$(mktemp -d)
    trap 'rm -rf "$stage"' EXIT
    make_wheels
    rm -f "$wheels"/*.whl
    cp "$stage/wheels"/* "$wheels/"
    say "$(find "$wheels" -name '*.whl' | wc -l) packages in $wheels"
    ;;
install) install_all ;;
uninstall) uninstall ;;
esac

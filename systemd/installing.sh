# shellcheck shell=sh disable=SC2154,SC2034 # whoever sources it says some, and uses others
# What the installers share: from a folder of ours to a program in /opt that took over in one step.
# 安装脚本的公用部分。
#
# Whoever sources it says `source` (this folder of ours), `name` (of the program, its folders and its
# service), `parts` (Python packages of ours), `lock` (what they need, with hashes) and
# `needed_to_build` (Debian packages); it has the tasks install_all and uninstall and what these
# call, system_files, and then calls `main "$@"`. The head of its own text is its help.
set -eu
umask 022
LC_ALL=C.UTF-8
export LC_ALL

me=$(basename "$0")
opt=/opt/$name
etc=/etc/$name
share=/usr/share/$name

root=""
wheels="" apt=yes task=install
serving=no

say() { echo "== $*"; }
die() {
    echo "$me: $*" >&2
    exit 1
}
usage() { sed -n '1d; /^[^#]/q; s/^# \{0,1\}//p' "$0"; }
inside() { if [ -n "$root" ]; then chroot "$root" "$@"; else "$@"; fi; } # the installed system
live() { [ -z "$root" ] && [ -d /run/systemd/system ]; }

arguments() {
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
}

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
    [ "$serving" = no ] || systemctl start "$name"
}

locked() { # NAME: its version and hashes, as the development lock has them
    awk -v start="$1==" 'index($0, start) == 1 { on = 1 } on { print } on && !/\\$/ { exit }' \
        "$source/requirements-dev.txt"
}

pip() { inside "$stage/build/venv/bin/python" -m pip -q --disable-pip-version-check "$@"; }

make_wheels() { # into $root$stage/wheels: every package built, and requirements.txt with their hashes
    build=$root$stage/build
    mkdir -p "$build" "$root$stage/wheels"
    for part in $parts pyproject.toml setup.cfg README.md LICENSE; do
        cp -R "$source/$part" "$build/"
    done
    cp "$source/$lock" "$build/lock.txt"
    { locked setuptools && locked wheel; } >"$build/tools.txt"
    locked pip >"$build/pip.txt" # it puts the program in
    say "Python packages, checked by hash"
    inside /usr/bin/python3 -m venv "$stage/build/venv"
    pip install --no-deps --require-hashes -r "$stage/build/tools.txt"
    for list in lock pip; do
        pip wheel --no-deps --require-hashes -w "$stage/wheels" -r "$stage/build/$list.txt"
    done
    pip wheel --no-deps --no-index --no-build-isolation -w "$stage/wheels" "$stage/build"
    (cd "$root$stage/wheels" && sha256sum -- *.whl) | awk '{
        split($2, part, "-"); print part[1] "==" part[2] " --hash=sha256:" $1
    }' >"$root$stage/wheels/requirements.txt"
    rm -rf "$build"
}

program() { # a whole new program beside the one at work, tried before it takes over
    if [ -n "$wheels" ]; then
        [ -s "$wheels/requirements.txt" ] ||
            die "$wheels was not made by --make-wheels / 不是 --make-wheels 生成的目录"
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

put() { install -D -m "${3:-644}" "$source/$1" "$root$2"; }

switch() { systemctl --quiet --root="${root:-/}" "$1" "$2"; } # enable|disable UNIT

exchange() { # what serves stops, the new program takes over; `finish` has it serve again
    if live && systemctl --quiet is-active "$name"; then
        serving=yes
        systemctl stop "$name"
    fi
    take_over
    system_files
    switch enable "$name.service"
}

# ---- the tasks ------------------------------------------------------------------------------

main() {
    arguments "$@"
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
}

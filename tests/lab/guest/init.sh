#!/bin/busybox sh
# The lab's first root: find the real one and go there. lab.bench=<python module> runs one module
# of the repository on the host's root over 9p, read only; otherwise /dev/vda is the unit's disk.
/bin/busybox --install -s /bin
export PATH=/bin
mount -t proc proc /proc
mount -t sysfs sys /sys
mount -t devtmpfs dev /dev
load() { for module in "$@"; do modprobe "$module" || echo "lab: $module was not loaded"; done; }
load virtio_pci virtio_blk virtio_console virtio-rng crc32c_generic ext4

option() { sed -n "s/.*\b$1=\([^ ]*\).*/\1/p" /proc/cmdline; }
bench=$(option lab.bench)

if [ -z "$bench" ]; then
    tries=0
    until mount -t ext4 /dev/vda /root 2>/dev/null; do
        tries=$((tries + 1)); [ $tries -lt 100 ] || { echo "lab: no root"; poweroff -f; }
        usleep 50000
    done
    mount --move /dev /root/dev
    umount /proc /sys
    exec switch_root /root /sbin/init
fi

load 9p 9pnet_virtio
mount -t 9p -o trans=virtio,version=9p2000.L,ro,msize=262144,cache=loose host /root
mount --move /dev /root/dev
for folder in tmp run var/tmp; do mount -t tmpfs tmpfs /root/$folder; done
mount -t proc proc /root/proc
mount -t sysfs sys /root/sys
load bochs xhci-pci usbhid hid-generic evdev uhid uinput usblp cdc-acm ftdi_sio libcomposite usb_f_hid \
    usb_f_acm usb_f_printer
modprobe dummy_hcd num=4
mount -t configfs none /root/sys/kernel/config
mount -t devpts devpts /root/dev/pts 2>/dev/null || { mkdir /root/dev/pts; mount -t devpts devpts /root/dev/pts; }
ifconfig lo 127.0.0.1 up
cd "/root$(option lab.repo)"
export PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/tmp PYTHONDONTWRITEBYTECODE=1 LAB_REPO="$(option lab.repo)"
ln -s "$(basename /root/dev/vport*p1)" /root/dev/lab.agent
chroot /root /bin/sh -c "cd $LAB_REPO && .venv/bin/python -m $bench; echo lab: bench ended with \$?" \
    0<>/root/dev/lab.agent >&0 2>&1
sync
poweroff -f

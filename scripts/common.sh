# Sourced by the commands at the root: finds a JDK 25, installs what is missing, builds.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

say() { printf '\033[1m==> %s\033[0m\n' "$*" >&2; }

fail() {
    printf 'error: %s\n' "$*" >&2
    exit 1
}

# Runs a command as root: directly, or through a sudo that does not ask.
as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    else
        sudo -n "$@"
    fi
}

can_install() {
    command -v apt-get >/dev/null || return 1
    [ "$(id -u)" = 0 ] || { command -v sudo >/dev/null && sudo -n true 2>/dev/null; }
}

apt_updated=no
apt_update() {
    [ "$apt_updated" = no ] || return 0
    as_root apt-get -qq update >&2 || say "apt-get update failed; going on with the lists that are there"
    apt_updated=yes
}

# need COMMAND PACKAGE: installs Debian's PACKAGE unless COMMAND is on PATH.
need() {
    command -v "$1" >/dev/null || get "$1" "$2"
}

# need_file FILE PACKAGE: the same for a file that the package has.
need_file() {
    [ -e "$1" ] || get "$1" "$2"
}

get() {
    can_install || fail "'$1' is missing: install it (on Debian: apt-get install $2) and start again"
    say "installing $2"
    apt_update
    as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get -qq install --no-install-recommends "$2" >/dev/null ||
        fail "could not install $2: install it by hand and start again"
}

is_jdk_25() {
    [ -x "$1/bin/javac" ] && [ -r "$1/release" ] && grep -q '^JAVA_VERSION="25[."]' "$1/release"
}

# Prints the home of a JDK 25, or nothing.
find_jdk() {
    local candidate on_path
    on_path=$(command -v javac || true)
    [ -z "$on_path" ] || on_path=$(dirname "$(dirname "$(readlink -f "$on_path")")")
    for candidate in "${JAVA_HOME:-}" "$on_path" /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* \
        "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* "$HOME"/.local/share/mise/installs/java/* \
        /Library/Java/JavaVirtualMachines/*/Contents/Home; do
        if [ -n "$candidate" ] && is_jdk_25 "$candidate"; then
            printf '%s\n' "$candidate"
            return
        fi
    done
}

need_jdk() {
    local package
    JAVA_HOME_25=$(find_jdk)
    if [ -z "$JAVA_HOME_25" ] && can_install; then
        apt_update
        for package in openjdk-25-jdk-headless temurin-25-jdk; do
            if [ -n "$(apt-cache search --names-only "^$package\$" 2>/dev/null)" ]; then
                say "installing $package"
                as_root env DEBIAN_FRONTEND=noninteractive \
                    apt-get -qq install --no-install-recommends "$package" >/dev/null || continue
                JAVA_HOME_25=$(find_jdk)
                break
            fi
        done
    fi
    [ -n "$JAVA_HOME_25" ] ||
        fail "no JDK 25 found: install one (https://adoptium.net/temurin/releases/?version=25) and set JAVA_HOME to it"
    export JAVA_HOME="$JAVA_HOME_25"
    export PATH="$JAVA_HOME/bin:$PATH"
}

# Everything that building and booting takes. No C compiler, no linker, no assembler.
need_tools() {
    need_jdk
    need mvn maven
    need qemu-system-x86_64 qemu-system-x86
    # Maven's own libraries make a JDK 25 warn about them; those warnings say nothing about us.
    export MAVEN_OPTS="${MAVEN_OPTS:-} --sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED"
}

maven() { mvn -B -ntp -f "$root/pom.xml" "$@"; }

# Builds and installs every module without its tests.
build() {
    say "building Cortado"
    maven -q install -DskipTests -Dinvoker.skip -Dspotless.check.skip
}

# The tests of the network have a namespace with a tap, ping from there, scan, and look at what was sent.
need_network_tools() {
    PATH="$PATH:/usr/sbin:/sbin"
    need ip iproute2
    need ping iputils-ping
    need tshark tshark
    need nmap nmap
}

# The tests of disks have Linux's tools make and check file systems, QEMU's its own format, and
# nbdkit be a disk whose cache is lost.
need_disk_tools() {
    PATH="$PATH:/usr/sbin:/sbin"
    need mke2fs e2fsprogs
    need sfdisk fdisk
    need qemu-img qemu-utils
    need xorriso xorriso
    need isoinfo genisoimage
    need mkfs.fat dosfstools
    need mcopy mtools
    need nbdkit nbdkit
    need diod diod
}

# The tests of firmware boot disks by OVMF, in Bochs and by libvirt, and discs by GRUB, and have others
# read what is on them.
need_firmware_tools() {
    PATH="$PATH:/usr/sbin:/sbin"
    need sgdisk gdisk
    need mcopy mtools
    need fsck.fat dosfstools
    need sbsign sbsigntool
    need openssl openssl
    need grub-mkrescue grub-common
    need xorriso xorriso
    need_file /usr/lib/grub/i386-pc/boot.img grub-pc-bin
    need_file /usr/lib/grub/x86_64-efi/kernel.img grub-efi-amd64-bin
    need_file /usr/share/OVMF/OVMF_CODE_4M.fd ovmf
    need_file /usr/lib/ipxe/qemu/efi-virtio.rom ipxe-qemu
    need bochs bochs
    need_file /usr/share/bochs/BIOS-bochs-latest bochsbios
    need_file /usr/share/bochs/VGABIOS-lgpl-latest vgabios
    need_file /usr/lib/x86_64-linux-gnu/bochs/plugins/libbx_term_gui.so bochs-term
    need virsh libvirt-clients
    need libvirtd libvirt-daemon-system
    need_file /usr/lib/x86_64-linux-gnu/libvirt/connection-driver/libvirt_driver_qemu.so \
        libvirt-daemon-driver-qemu
}

# The tests of image formats have other programs read the files.
need_format_tools() {
    need xorriso xorriso
    need isoinfo genisoimage
    need xva-img xva-img
    need xmllint libxml2-utils # virt-xml-validate calls it
}

# Others, with a great deal behind them, read the files where they are there.
need_large_format_tools() {
    need skopeo skopeo
    need umoci umoci
    need virt-v2v virt-v2v
}

# The tests on Xen unpack Debian's packages, which apt has to know.
need_xen_packages() {
    command -v apt-get >/dev/null || fail "the tests on Xen need Debian's packages: run them on a Debian"
    [ -z "$(apt-cache depends xen-system-amd64 2>/dev/null)" ] || return 0
    can_install || fail "apt knows no xen-system-amd64: run apt-get update as root"
    apt_update
}

peers="$root/benchmarks/target/peers"

# fetch PACKAGE: unpacks Debian's PACKAGE under $peers, without installing it.
fetch() {
    local into="$peers/$1"
    [ ! -d "$into" ] || return 0
    say "fetching $1"
    (
        cd "$peers"
        rm -f "$1"_*.deb
        apt-get -qq download "$1" 2>/dev/null || fail "cannot download Debian's package $1: is apt-get update due?"
        dpkg-deb -x "$1"_*.deb "$into.part"
        rm -f "$1"_*.deb
        mv "$into.part" "$into"
    )
}

# The package that Debian's PACKAGE stands for, if apt knows it.
newest_kernel() {
    apt-cache depends "$1" | awk '/Depends: linux-image-[0-9]/ { print $2; exit }'
}

# kernel_package PACKAGE: prints what the newest kernel is called that Debian's PACKAGE stands for.
kernel_package() {
    local newest
    newest=$(newest_kernel "$1")
    if [ -z "$newest" ]; then
        can_install || fail "apt knows no $1: run apt-get update as root"
        apt_update
        newest=$(newest_kernel "$1")
        [ -n "$newest" ] || fail "apt knows no $1: the peers need Debian's packages"
    fi
    printf '%s\n' "$newest"
}

# The Linux that guests are compared to, or stand beside: $kernel, for virtual machines, and a busybox.
fetch_linux() {
    command -v apt-get >/dev/null || fail "the peers are made of Debian's packages: run this on a Debian"
    mkdir -p "$peers"
    kernel=$(kernel_package linux-image-cloud-amd64)
    fetch "$kernel"
    fetch busybox-static
}

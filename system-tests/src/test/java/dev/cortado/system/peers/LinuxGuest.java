package dev.cortado.system.peers;

import dev.cortado.system.Session;
import dev.cortado.system.guest.peers.Bulk;
import dev.cortado.system.xen.lab.CpioArchive;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * A Linux with a shell at its console and a card at the end of a wire: Debian's kernel for virtual
 * machines, and its busybox. {@code scripts/peers} has fetched them.
 */
final class LinuxGuest implements Peer {
    /** Bytes of {@link Bulk} that it has in a file. */
    static final int DATA_BYTES = 16 << 20;

    private static final int MEGABYTES = 192;

    /** In the order in which they are loaded; the last one is for a network behind it. */
    private static final List<String> MODULES =
            List.of(
                    "failover",
                    "net_failover",
                    "virtio_ring",
                    "virtio",
                    "virtio_mmio",
                    "virtio_net",
                    "veth");

    private static final String OPTIONS =
            "console=ttyS0 quiet panic=-1 reboot=t rootfstype=ramfs no_timer_check tsc=reliable"
                    + " i8042.noaux i8042.nokbd pci=off mitigations=off"
                    + " virtio_mmio.device=512@0xfeb00000:16";

    private static final String INIT =
            """
            #!/bin/busybox sh
            /bin/busybox --install -s /bin
            mount -t proc proc /proc
            mount -t sysfs sys /sys
            mount -t devtmpfs dev /dev
            for module in %s; do insmod /lib/$module.ko; done
            ip link set lo up
            sysctl -q -w net.ipv4.tcp_no_metrics_save=1
            sysctl -q -w net.ipv6.conf.default.accept_dad=0
            sysctl -q -w net.ipv6.conf.eth0.accept_dad=0
            nc -ll -p 9000 -e /bin/sink &
            nc -ll -p 9001 -e /bin/source &
            exec setsid sh -c 'exec sh </dev/ttyS0 >/dev/ttyS0 2>&1'
            """;

    /** What {@code BulkServer} does in the guest beside it. */
    private static final String SINK =
            """
            #!/bin/sh
            cat > /tmp/sunk.$$
            echo took $(wc -c < /tmp/sunk.$$) $(crc32 < /tmp/sunk.$$)
            rm /tmp/sunk.$$
            """;

    private static final String SOURCE =
            """
            #!/bin/sh
            read count
            head -c $count /data
            """;

    static final String BEHIND = "10.79.0.2";
    static final String BEHIND6 = "fd79::2";

    private final Session session;
    private int commands;

    /**
     * @param directory where its initramfs is made
     * @param netdev QEMU's option for its end of the wire
     * @param name what comes last in its hardware address
     */
    LinuxGuest(Path directory, List<String> netdev, int name) throws IOException {
        Path ramDisk = directory.resolve("linux.cpio");
        if (!Files.exists(ramDisk)) {
            write(ramDisk);
        }
        List<String> command = new ArrayList<>(List.of("qemu-system-x86_64"));
        command.addAll(List.of("-machine", "microvm,ioapic2=off", "-accel", "tcg"));
        command.addAll(List.of("-cpu", "max", "-m", MEGABYTES + "M", "-nodefaults"));
        command.addAll(List.of("-no-user-config", "-no-reboot", "-display", "none"));
        command.addAll(List.of("-kernel", kernel().toString(), "-initrd", ramDisk.toString()));
        command.addAll(List.of("-append", OPTIONS + clock(), "-serial", "stdio"));
        command.addAll(List.of("-global", "virtio-mmio.force-legacy=false"));
        command.addAll(List.of("-device", card(name)));
        command.addAll(netdev);
        session = new Session(command);
        try {
            session.await("# ");
            // What is typed here is shown as well: the answer has to be another text.
            session.type("stty -echo; PS1=; echo quiet-$((6 * 7))\n");
            session.await("quiet-42\r\n");
        } catch (AssertionError e) {
            session.close();
            throw e;
        }
    }

    private static String card(int name) {
        return "virtio-net-device,bus=virtio-mmio-bus.0,netdev=net,mac=" + hardwareAddress(name);
    }

    static String hardwareAddress(int name) {
        return "52:54:00:00:78:%02x".formatted(name);
    }

    private static Path peers() {
        Path peers =
                Path.of(System.getProperty("basedir", "."))
                        .toAbsolutePath()
                        .resolveSibling("benchmarks/target/peers");
        Assumptions.assumeTrue(
                Files.isDirectory(peers.resolve("busybox-static")),
                "there is no " + peers + ": run scripts/peers");
        return peers;
    }

    private static Path find(String what, String prefix) throws IOException {
        try (Stream<Path> files = Files.walk(peers())) {
            return files.filter(file -> file.getFileName().toString().startsWith(prefix))
                    .findFirst()
                    .orElseThrow(() -> new IOException("the peers have no " + what));
        }
    }

    private static Path kernel() throws IOException {
        return find("kernel", "vmlinuz");
    }

    /** Without that Linux measures the clock against a timer, and hangs in some boots. */
    private static String clock() throws IOException {
        return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                .filter(line -> line.startsWith("cpu MHz"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .map(text -> " tsc_early_khz=" + Math.round(Double.parseDouble(text) * 1000))
                .orElse("");
    }

    private static void write(Path file) throws IOException {
        try (CpioArchive archive = new CpioArchive(file)) {
            for (String each : List.of("bin", "dev", "proc", "sys", "tmp", "lib")) {
                archive.directory(each);
            }
            archive.executable("init", bytes(INIT.formatted(String.join(" ", MODULES))));
            Path busybox = peers().resolve("busybox-static/bin/busybox");
            archive.executable("bin/busybox", Files.readAllBytes(busybox));
            archive.executable("bin/sink", bytes(SINK));
            archive.executable("bin/source", bytes(SOURCE));
            byte[] data = new byte[DATA_BYTES];
            new Bulk().fill(data);
            archive.executable("data", data);
            for (String module : MODULES) {
                Path found = find(module, module + ".ko");
                archive.executable("lib/" + module + ".ko", Files.readAllBytes(found));
            }
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Runs a command, which must succeed; what it says. */
    String run(String command) {
        String end = "-end-" + ++commands;
        session.type(command + "; echo status-$?" + end + "\n");
        String said = session.await(end);
        int status = said.lastIndexOf("status-");
        String code = said.substring(status + "status-".length(), said.length() - end.length());
        if (!code.equals("0")) {
            throw new AssertionError(command + " ended with " + said);
        }
        return said.substring(0, status);
    }

    /** Gives its card two addresses. */
    LinuxGuest addresses(int host) {
        try {
            run("ip addr add " + Peer.ipv4(host) + "/24 dev eth0");
            run("ip addr add " + Peer.ipv6(host) + "/64 dev eth0");
            run("ip link set eth0 up");
            return this;
        } catch (AssertionError e) {
            close();
            throw e;
        }
    }

    /**
     * Makes a network behind it, with a host whose addresses are {@link #BEHIND} and {@link
     * #BEHIND6}; on the way there packets of 1280 bytes fit, of which that host does not know.
     */
    void addNetworkBehind() {
        run("sysctl -q -w net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1");
        run("ip link add behind type veth"); // its other end is called veth0
        run("unshare -n sleep 9999 & sleep 1; pidof sleep > /tmp/behind");
        run("ip link set veth0 netns $(cat /tmp/behind)");
        run("ip addr add 10.79.0.1/24 dev behind; ip addr add fd79::1/64 dev behind");
        run("ip link set behind mtu 1280 up");
        behind("ip addr add " + BEHIND + "/24 dev veth0");
        behind("ip addr add " + BEHIND6 + "/64 dev veth0");
        behind("ip link set veth0 up");
        behind("ip route add default via 10.79.0.1");
        behind("ip -6 route add default via fd79::1");
    }

    /** Runs a command on the host behind it. */
    String behind(String command) {
        return run(inside(command));
    }

    private static String inside(String command) {
        return "nsenter -t $(cat /tmp/behind) -n " + command;
    }

    @Override
    public void close() {
        session.close();
    }
}

package dev.cortado.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LinuxProgramTest {
    private static String init(LinuxProgram program) {
        return new String(program.init(), StandardCharsets.UTF_8);
    }

    @Test
    void aServerHasItsNetwork() {
        LinuxProgram program =
                LinuxProgram.server(
                        "app.Main",
                        List.of(Path.of("classes"), Path.of("library.jar")),
                        "java.base",
                        List.of("8080", "quiet"),
                        LinuxDevices.NETWORK);
        assertEquals(
                """
                #!/bin/sh
                busybox mount -t proc proc /proc
                busybox mount -t devtmpfs dev /dev
                busybox insmod /lib/virtio_ring.ko
                busybox insmod /lib/virtio.ko
                busybox insmod /lib/virtio_mmio.ko
                busybox insmod /lib/failover.ko
                busybox insmod /lib/net_failover.ko
                busybox insmod /lib/virtio_net.ko
                busybox ip link set lo up
                busybox ip addr add 10.77.0.2/24 dev eth0
                busybox ip link set eth0 up
                export LD_LIBRARY_PATH=/lib
                exec /java/bin/java -XX:+UseSerialGC -Xshare:auto -cp /app/0:/app/1 \
                app.Main 8080 quiet
                """,
                init(program));
        assertEquals(
                Map.of("app/0", Path.of("classes"), "app/1", Path.of("library.jar")),
                program.files());
    }

    @Test
    void aProgramOfTheMachineHasItsDiskAndItsFiles() {
        LinuxProgram program =
                LinuxProgram.of(
                        Path.of("/usr/bin/fio"),
                        "/etc/fio/jobs",
                        Map.of("etc/fio/jobs", "[job]", "file", ""),
                        LinuxDevices.FILES);
        assertEquals(
                """
                #!/bin/sh
                busybox mount -t proc proc /proc
                busybox mount -t devtmpfs dev /dev
                busybox insmod /lib/virtio_ring.ko
                busybox insmod /lib/virtio.ko
                busybox insmod /lib/virtio_mmio.ko
                busybox insmod /lib/virtio_blk.ko
                busybox mount -t ext4 /dev/vda /data
                export LD_LIBRARY_PATH=/lib
                exec /bin/fio /etc/fio/jobs
                """,
                init(program));
        assertEquals(List.of("etc", "etc/fio"), List.copyOf(program.directories()));
    }

    @Test
    void aPcHasEachCardsModulesBehindThoseThatTheyNeed() {
        assertEquals(
                List.of(
                        "virtio_ring",
                        "virtio",
                        "virtio_pci_modern_dev",
                        "virtio_pci_legacy_dev",
                        "virtio_pci",
                        "failover",
                        "net_failover",
                        "virtio_net",
                        "vmxnet3",
                        "e1000e"),
                LinuxDevices.PC_NETWORK.modules());
        assertEquals(
                List.of(
                        "ip link set lo up",
                        "ip addr add 10.77.0.2/24 dev eth0",
                        "ip link set eth0 up"),
                LinuxDevices.PC_NETWORK
                        .setUp()
                        .lines()
                        .skip(10)
                        .map(line -> line.replaceFirst("busybox ", ""))
                        .toList());
    }

    @Test
    void aProgramWithoutDevicesLoadsNothing() {
        assertEquals(List.of(), LinuxDevices.NONE.modules());
        assertEquals("", LinuxDevices.NONE.setUp());
    }
}

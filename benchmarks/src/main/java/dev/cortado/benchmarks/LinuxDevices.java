package dev.cortado.benchmarks;

import dev.cortado.system.TapNetwork;
import java.util.ArrayList;
import java.util.List;

/** What a Linux on a microvm has to load and to do before its program finds its devices. */
enum LinuxDevices {
    /** None but a serial port. */
    NONE(List.of(), List.of()),

    /** A virtio console, as /dev/hvc0, which is there when the device has told of it. */
    CONSOLE(
            List.of(),
            List.of("virtio_console"),
            "sh -c 'until [ -c /dev/hvc0 ]; do busybox sleep 0.1; done'"),

    /** A virtio card at the tap of the tests. */
    NETWORK(
            List.of("failover", "net_failover"),
            List.of("virtio_net"),
            "ip link set lo up",
            "ip addr add " + TapNetwork.GUEST + "/24 dev eth0",
            "ip link set eth0 up"),

    /** A virtio disk, with an ext4 at /data. */
    FILES(List.of(), List.of("virtio_blk"), "mount -t ext4 /dev/vda /data"),

    /** A virtio disk with nothing on it, as /dev/vda. */
    DISK(List.of(), List.of("virtio_blk"));

    private final List<String> modules = new ArrayList<>();
    private final List<String> commands;

    LinuxDevices(List<String> before, List<String> drivers, String... commands) {
        modules.addAll(before);
        if (!drivers.isEmpty()) {
            modules.addAll(List.of("virtio_ring", "virtio", "virtio_mmio"));
            modules.addAll(drivers);
        }
        this.commands = List.of(commands);
    }

    /** Of the kernel, in the order in which they are loaded. */
    List<String> modules() {
        return modules;
    }

    /** Lines of a shell script, with busybox's commands. */
    String setUp() {
        StringBuilder script = new StringBuilder();
        modules.forEach(
                module -> script.append("busybox insmod /lib/").append(module).append(".ko\n"));
        commands.forEach(command -> script.append("busybox ").append(command).append('\n'));
        return script.toString();
    }
}

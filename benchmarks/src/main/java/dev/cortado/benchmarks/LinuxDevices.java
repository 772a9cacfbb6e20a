package dev.cortado.benchmarks;

import dev.cortado.system.TapNetwork;
import java.util.ArrayList;
import java.util.List;

/** What a Linux has to load and to do before its program finds its devices; on a microvm mostly. */
enum LinuxDevices {
    /** None but a serial port. */
    NONE(List.of(), List.of()),

    /** A virtio console, as /dev/hvc0, which is there when the device has told of it. */
    CONSOLE(
            Bus.MMIO,
            List.of("virtio_console"),
            "sh -c 'until [ -c /dev/hvc0 ]; do busybox sleep 0.1; done'"),

    /** A virtio card at the tap of the tests. */
    NETWORK(Bus.MMIO, List.of("failover", "net_failover", "virtio_net"), Tap.COMMANDS),

    /** Whichever card a PC has, at the same tap. */
    PC_NETWORK(
            Bus.PCI,
            List.of("failover", "net_failover", "virtio_net", "vmxnet3", "e1000e"),
            Tap.COMMANDS),

    /** A virtio disk, with an ext4 at /data. */
    FILES(Bus.MMIO, List.of("virtio_blk"), "mount -t ext4 /dev/vda /data"),

    /** A virtio disk with nothing on it, as /dev/vda. */
    DISK(Bus.MMIO, List.of("virtio_blk"));

    /** Where virtio devices are. */
    private static final class Bus {
        static final List<String> MMIO = List.of("virtio_ring", "virtio", "virtio_mmio");
        static final List<String> PCI =
                List.of(
                        "virtio_ring",
                        "virtio",
                        "virtio_pci_modern_dev",
                        "virtio_pci_legacy_dev",
                        "virtio_pci");
    }

    private static final class Tap {
        static final String[] COMMANDS = {
            "ip link set lo up",
            "ip addr add " + TapNetwork.GUEST + "/24 dev eth0",
            "ip link set eth0 up"
        };
    }

    private final List<String> modules = new ArrayList<>();
    private final List<String> commands;

    LinuxDevices(List<String> bus, List<String> drivers, String... commands) {
        modules.addAll(bus);
        modules.addAll(drivers);
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

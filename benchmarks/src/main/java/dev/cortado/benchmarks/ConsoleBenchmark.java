package dev.cortado.benchmarks;

import dev.cortado.benchmarks.guest.ConsoleGuest;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * 10 MiB on the console, by virtio, beside the same class on a Linux's JVM, whose console is a
 * serial port, and beside a serial port of ours.
 */
final class ConsoleBenchmark implements Bench.Benchmark {
    private static final int MEGABYTES = 256;
    private static final int TIMEOUT_SECONDS = 600;
    private static final String OPTION = "--virtio-console";

    /** How often quicker than by a serial port. */
    private static final int TIMES_SERIAL = 20;

    private final Distribution distribution;
    private final LinuxPeer linux;

    ConsoleBenchmark(Distribution distribution, LinuxPeer linux) {
        this.distribution = distribution;
        this.linux = linux;
    }

    @Override
    public List<Result> run() throws Exception {
        Guest ours =
                Guest.withoutRamDisk(
                        "Cortado",
                        distribution.guest(ConsoleGuest.class, "console/console.elf", OPTION));
        Guest peer = linux.guest(distribution.guests(), ConsoleGuest.class.getName());
        double virtio = kibibytes(ours, virtio(ours.command(MEGABYTES)));
        double serial = kibibytes(ours, ours.command(MEGABYTES));
        double other = kibibytes(peer, peer.command(MEGABYTES));
        return List.of(
                Result.atLeast("console_kib_per_s", virtio, other, 1),
                Result.atLeast("console_serial", virtio, serial, TIMES_SERIAL));
    }

    /** The same machine, at whose place of the serial port is a port of virtio's as well. */
    private static List<String> virtio(List<String> command) {
        List<String> words = new ArrayList<>(command);
        words.set(words.indexOf("microvm"), "microvm,acpi=off"); // so QEMU tells where it is
        int serial = words.indexOf("-serial");
        words.set(serial + 1, "chardev:console");
        words.addAll(
                serial,
                List.of(
                        "-chardev",
                        "stdio,id=console,mux=on",
                        "-device",
                        "virtio-serial-device,max_ports=2",
                        "-device",
                        "virtserialport,chardev=console,name=dev.cortado.console"));
        return words;
    }

    private static double kibibytes(Guest guest, List<String> command) throws Exception {
        OptionalDouble begin = Guest.bootUntil(command, ConsoleGuest.BEGIN, TIMEOUT_SECONDS);
        OptionalDouble end = Guest.bootUntil(command, ConsoleGuest.END, TIMEOUT_SECONDS);
        if (begin.isEmpty() || end.isEmpty()) {
            return Double.NaN;
        }
        double seconds = (end.getAsDouble() - begin.getAsDouble()) / 1e3;
        System.out.printf("%s: 10 MiB in %.2f s%n", guest.name(), seconds);
        return ConsoleGuest.BYTES / 1024.0 / seconds;
    }
}

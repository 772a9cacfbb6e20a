package dev.cortado.benchmarks;

import dev.cortado.benchmarks.guest.ConsoleGuest;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * 10 MiB on the console, by virtio and by a serial port, each beside the same class on a Linux's
 * JVM with the same console.
 */
final class ConsoleBenchmark implements Bench.Benchmark {
    private static final int MEGABYTES = 256;
    private static final int RUNS = 5;
    private static final int TIMEOUT_SECONDS = 600;
    private static final String OPTION = "--virtio-console";

    /** How often quicker than by a serial port. */
    private static final int TIMES_SERIAL = 20;

    /** Behind the program's class, in a shell's line. */
    private static final List<String> TO_VIRTIO = List.of(">", "/dev/hvc0");

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
        double serial = kibibytes(ours, "serial", ours.command(MEGABYTES));
        double virtio = kibibytes(ours, "virtio", ourVirtio(ours.command(MEGABYTES)));
        Guest peer = peer(List.of(), LinuxDevices.NONE);
        double theirSerial = kibibytes(peer, "serial", peer.command(MEGABYTES));
        Guest virtioPeer = peer(TO_VIRTIO, LinuxDevices.CONSOLE);
        double theirVirtio =
                kibibytes(virtioPeer, "virtio", theirVirtio(virtioPeer.command(MEGABYTES)));
        return List.of(
                Result.atLeast("console_kib_per_s", virtio, theirVirtio, 1),
                Result.atLeast("console_serial", virtio, serial, TIMES_SERIAL),
                Result.comparison("console_serial_kib_per_s", serial, theirSerial));
    }

    private Guest peer(List<String> arguments, LinuxDevices devices) throws Exception {
        return linux.guest(
                LinuxProgram.java(
                        ConsoleGuest.class.getName(),
                        List.of(distribution.guests()),
                        "java.base",
                        List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"),
                        arguments,
                        devices));
    }

    /** The same machine with a port of virtio's, which writes to where the serial port does. */
    private static List<String> ourVirtio(List<String> command) {
        List<String> words = new ArrayList<>(command);
        words.set(words.indexOf("microvm"), "microvm,acpi=off"); // so QEMU tells where it is
        words.set(words.indexOf("-serial") + 1, "chardev:serial");
        words.addAll(List.of("-chardev", "file,id=serial,path=/dev/stdout,append=on"));
        words.addAll(
                virtio("virtserialport,chardev=console,name=dev.cortado.console", ",max_ports=2"));
        return words;
    }

    /** The same machine with a console of virtio's, and a serial port that nobody looks at. */
    private static List<String> theirVirtio(List<String> command) {
        List<String> words = new ArrayList<>(command);
        words.set(words.indexOf("-serial") + 1, "null");
        words.addAll(virtio("virtconsole,chardev=console", ""));
        return words;
    }

    private static List<String> virtio(String port, String more) {
        return List.of(
                "-global",
                "virtio-mmio.force-legacy=false",
                "-chardev",
                "stdio,id=console",
                "-device",
                "virtio-serial-device" + more,
                "-device",
                port);
    }

    /** The median; what comes before the first line is no part of it. */
    private static double kibibytes(Guest guest, String console, List<String> command)
            throws Exception {
        List<Double> rates = new ArrayList<>();
        for (int run = 0; run < Rounds.runs(RUNS); run++) {
            OptionalDouble rate =
                    Guest.bytesPerSecond(
                            command, ConsoleGuest.BEGIN, ConsoleGuest.END, TIMEOUT_SECONDS);
            if (rate.isEmpty()) {
                return Double.NaN;
            }
            double kibibytes = rate.getAsDouble() / 1024;
            System.out.printf("%s, %s: %.0f KiB/s%n", guest.name(), console, kibibytes);
            rates.add(kibibytes);
        }
        return Medians.of(rates);
    }
}

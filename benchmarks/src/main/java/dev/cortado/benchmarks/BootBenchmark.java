package dev.cortado.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * examples/hello's first line by each way to boot, beside a Linux with a JVM by the same way. What
 * a machine takes before anybody's first instruction is no one's: it is measured with a file of the
 * same size that only writes the line, and taken off both.
 */
final class BootBenchmark implements Bench.Benchmark {
    private static final String LINE = "Hello from Cortado";
    private static final String MAIN_CLASS = "dev.cortado.examples.hello.Hello";
    private static final int MEGABYTES = 512;
    private static final int RUNS = 5;
    private static final int TIMEOUT_SECONDS = 120;
    private static final double MOST_OF_PEER = 1.0 / 8;
    private static final double MOST_OF_ELF = 1.1;
    private static final int MOST_BEYOND_ELF = 1 << 20;
    private static final double BYTES_PER_MEGABYTE = 1_000_000;

    /** What is made of a disk for any machine; those that only describe a file are left out. */
    private static final List<String> FORMATS =
            List.of(
                    "raw",
                    "qcow2",
                    "vmdk",
                    "vmdk-stream",
                    "vhd",
                    "vhd-fixed",
                    "vhdx",
                    "iso",
                    "ova",
                    "ova-2",
                    "containerdisk");

    /** Of a disk for Xen. */
    private static final List<String> XEN_FORMATS = List.of("xva", "oracle-vm");

    /** Of the ELF file. */
    private static final List<String> KERNEL_FORMATS = List.of("kernelboot");

    private final Distribution distribution;
    private final LinuxPeer linux;

    BootBenchmark(Distribution distribution, LinuxPeer linux) {
        this.distribution = distribution;
        this.linux = linux;
    }

    /** Milliseconds of several starts. */
    private static final class Times {
        final List<Double> ours = new ArrayList<>();
        final List<Double> floor = new ArrayList<>();
        final List<Double> peer = new ArrayList<>();
        final List<Double> peerFloor = new ArrayList<>();
    }

    /** QEMU's command lines. */
    private record Starts(
            List<String> ours, List<String> floor, List<String> peer, List<String> peerFloor) {}

    @Override
    public List<Result> run() throws Exception {
        Path elf = build("qemu", "hello.elf");
        Path disk = build("bare", "hello.img");
        Guest peer =
                linux.guest(
                        distribution.root().resolve("examples/hello/target/classes"), MAIN_CLASS);
        Map<BootWay, Starts> starts = starts(elf, disk, peer);
        List<Result> results = new ArrayList<>();
        for (BootWay way : BootWay.values()) {
            Starts start = starts.get(way);
            Times times = new Times();
            for (int run = 0; run < Rounds.runs(RUNS); run++) {
                times.ours.add(time(way + ", Cortado", start.ours));
                times.floor.add(time(way + ", floor", start.floor));
                times.peer.add(time(way + ", Linux and a JDK", start.peer));
                times.peerFloor.add(time(way + ", its floor", start.peerFloor));
            }
            double ours = Medians.of(times.ours);
            double floor = Medians.of(times.floor);
            double their = Medians.of(times.peer);
            String name = "boot_" + way.word();
            results.add(
                    Result.ratio(
                            name + "_beyond_floor_ms",
                            ours - floor,
                            their - Medians.of(times.peerFloor),
                            MOST_OF_PEER));
            results.add(Result.comparison(name + "_ms", ours, their));
            results.add(Result.comparison(name + "_floors", ours, floor));
        }
        results.addAll(sizes(elf, disk));
        return results;
    }

    private Path build(String target, String name) throws IOException, InterruptedException {
        return distribution.build(
                distribution.root().resolve("examples/hello/target/classes"),
                MAIN_CLASS,
                target,
                output(name));
    }

    private Path output(String name) {
        return distribution.output("boot/" + name);
    }

    private Map<BootWay, Starts> starts(Path elf, Path disk, Guest peer)
            throws IOException, InterruptedException {
        Path linuxImage = build("bzimage", "hello.bzimage");
        Path ramDisk = peer.initialRamDisk();
        Map<BootWay, Starts> starts = new EnumMap<>(BootWay.class);
        Path floor = HelloFloor.create(elf, LINE, output("floor.elf"));
        Path linuxElf = LinuxKernel.unpack(peer.kernel(), output("linux.elf"));
        starts.put(BootWay.PVH, direct(BootWay.PVH, elf, floor, linuxElf, peer));
        Path linuxFloor = floor(linuxImage, "floor.bzimage", BootFloor::linux);
        starts.put(
                BootWay.BZIMAGE,
                direct(BootWay.BZIMAGE, linuxImage, linuxFloor, peer.kernel(), peer));
        Path grubFloor = floor(elf, "floor-multiboot.elf", BootFloor::multiboot);
        Path linuxDisc = GrubDisc.ofLinux(peer, output("linux-grub.iso"));
        starts.put(
                BootWay.GRUB,
                new Starts(
                        start(BootWay.GRUB, GrubDisc.ofMultiboot(elf, output("hello-grub.iso"))),
                        start(
                                BootWay.GRUB,
                                GrubDisc.ofMultiboot(grubFloor, output("floor-grub.iso"))),
                        start(BootWay.GRUB, linuxDisc),
                        start(
                                BootWay.GRUB,
                                GrubDisc.ofMultiboot(
                                        grubFloor, ramDisk, output("floor-module-grub.iso")))));
        // Firmware reads no more of a disk than its first program.
        Path biosFloor = floor(disk, "floor-bios.img", BootFloor::bios);
        starts.put(BootWay.BIOS, disks(BootWay.BIOS, disk, biosFloor, linuxDisc));
        Path uefiFloor = floor(disk, "floor-uefi.img", BootFloor::uefi);
        starts.put(BootWay.UEFI, disks(BootWay.UEFI, disk, uefiFloor, linuxDisc));
        return starts;
    }

    /** The peer's floor is ours with its ram disk. */
    private static Starts direct(BootWay way, Path ours, Path floor, Path kernel, Guest peer) {
        return new Starts(
                start(way, ours),
                start(way, floor),
                way.command(kernel, peer.initialRamDisk(), peer.commandLine(), MEGABYTES),
                way.command(floor, peer.initialRamDisk(), "", MEGABYTES));
    }

    private static Starts disks(BootWay way, Path ours, Path floor, Path peer) {
        return new Starts(start(way, ours), start(way, floor), start(way, peer), start(way, floor));
    }

    private static List<String> start(BootWay way, Path file) {
        return way.command(file, null, "", MEGABYTES);
    }

    @FunctionalInterface
    private interface Change {
        void apply(byte[] image, String line);
    }

    private Path floor(Path image, String name, Change change) throws IOException {
        byte[] bytes = Files.readAllBytes(image);
        change.apply(bytes, LINE);
        return Files.write(output(name), bytes);
    }

    /** Linux under software emulation hangs in some boots before its clock runs: those are told. */
    private static double time(String what, List<String> command)
            throws IOException, InterruptedException {
        for (int attempt = 0; attempt < 3; attempt++) {
            OptionalDouble time = Guest.bootUntil(command, LINE, TIMEOUT_SECONDS);
            if (time.isPresent()) {
                System.out.printf("%s: first line after %.1f ms%n", what, time.getAsDouble());
                return time.getAsDouble();
            }
            System.out.printf("%s: no line within %d s%n", what, TIMEOUT_SECONDS);
        }
        return Double.NaN;
    }

    /** Of the files that other hypervisors take, beside the ELF file. */
    private List<Result> sizes(Path elf, Path disk) throws IOException, InterruptedException {
        List<Result> results = new ArrayList<>();
        results.addAll(sizes(elf, disk, FORMATS));
        results.addAll(sizes(elf, build("xen-hvm", "hello-xen-hvm.img"), XEN_FORMATS));
        results.addAll(sizes(elf, elf, KERNEL_FORMATS));
        return results;
    }

    private List<Result> sizes(Path elf, Path image, List<String> formats)
            throws IOException, InterruptedException {
        double elfBytes = Files.size(elf);
        double most = (MOST_OF_ELF * elfBytes + MOST_BEYOND_ELF) / BYTES_PER_MEGABYTE;
        List<Result> results = new ArrayList<>();
        for (String format : formats) {
            // Without that ending, an OCI image is a directory.
            Path file = output("hello-" + format + ".tar");
            distribution.convert(image, format, file);
            results.add(
                    Result.absolute(
                            "boot_size_" + format.replace('-', '_') + "_mb",
                            Files.size(file) / BYTES_PER_MEGABYTE,
                            elfBytes / BYTES_PER_MEGABYTE,
                            most));
        }
        return results;
    }
}

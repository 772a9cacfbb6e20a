package dev.cortado.benchmarks;

import dev.cortado.benchmarks.guest.DiskGuest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Files on an ext4 on a virtio disk: past the cache beside fio, all else beside the same program on
 * a JVM, both on a Linux with the same memory, disk, and cache of QEMU's.
 */
final class DiskBenchmark implements Bench.Benchmark {
    private static final int MEGABYTES = 320;
    private static final int DIRECT_MEBIBYTES = 256;

    /** What is read and written through the cache, of memory. */
    private static final int CACHED_TIMES = 4;

    private static final int DISK_MEBIBYTES = 2048;
    private static final int SECONDS = 5;
    private static final int TIMEOUT_SECONDS = 1800;
    private static final String DIRECT = "direct_";
    private static final double LEAST_OF_FIO = 0.8;
    private static final String PLACE = "/data";
    private static final String JOBS = "etc/jobs.fio";

    private final Distribution distribution;
    private final LinuxPeer linux;
    private final int seconds = Rounds.seconds(SECONDS);

    DiskBenchmark(Distribution distribution, LinuxPeer linux) {
        this.distribution = distribution;
        this.linux = linux;
    }

    @Override
    public List<Result> run() throws Exception {
        List<String> arguments =
                List.of(
                        PLACE,
                        Integer.toString(seconds),
                        Integer.toString(DIRECT_MEBIBYTES),
                        Integer.toString(CACHED_TIMES * MEGABYTES));
        Map<String, Double> ours = Figures.parse(console(ours(arguments)));
        Map<String, Double> jvm = Figures.parse(console(jvm(arguments)));
        Map<String, Double> fio = FioJobs.parse(console(fio()));
        List<Result> results = new ArrayList<>();
        ours.forEach((name, figure) -> {
            double onJvm = jvm.getOrDefault(name, Double.NaN);
            if (name.startsWith(DIRECT)) {
                double ofFio = fio.getOrDefault(name, Double.NaN);
                results.add(Result.atLeast("disk_" + name, figure, ofFio, LEAST_OF_FIO));
                results.add(Result.comparison("disk_" + name + "_jvm", figure, onJvm));
            } else {
                results.add(Result.atLeast("disk_" + name, figure, onJvm, 1));
            }
        });
        return results;
    }

    private List<String> console(Guest guest) throws Exception {
        Path file = distribution.output("disk/disk.img");
        DiskDrive disk = DiskDrive.formatted(file, DISK_MEBIBYTES);
        return guest.run(MEGABYTES, disk.options(), TIMEOUT_SECONDS);
    }

    private Guest ours(List<String> arguments) throws Exception {
        Path image =
                distribution.guest(
                        DiskGuest.class, "disk/disk.elf", "--mount", PLACE + "=vda:ext4");
        return Guest.withoutRamDisk("Cortado", image).with(DiskDrive.kernelWords(arguments));
    }

    private Guest jvm(List<String> arguments) throws Exception {
        return linux.guest(
                LinuxProgram.server(
                        DiskGuest.class.getName(),
                        List.of(distribution.guests()),
                        "java.base,jdk.unsupported",
                        arguments,
                        LinuxDevices.FILES));
    }

    private Guest fio() throws Exception {
        String jobs = FioJobs.file(PLACE + "/fio", DIRECT_MEBIBYTES, seconds);
        return linux.guest(
                LinuxProgram.of(
                        Commands.find("fio"),
                        FioJobs.arguments('/' + JOBS),
                        Map.of(JOBS, jobs),
                        LinuxDevices.FILES));
    }
}

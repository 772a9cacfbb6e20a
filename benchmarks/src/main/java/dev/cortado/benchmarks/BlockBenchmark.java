package dev.cortado.benchmarks;

import dev.cortado.benchmarks.guest.BlockGuest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A raw virtio disk, beside fio on the same disk of a Linux with the same cache of QEMU's. */
final class BlockBenchmark implements Bench.Benchmark {
    private static final int MEGABYTES = 256;
    private static final int DISK_MEBIBYTES = 256;
    private static final int SECONDS = 5;
    private static final int TIMEOUT_SECONDS = 900;
    private static final double LEAST_OF_FIO = 0.8;
    private static final String JOBS = "etc/jobs.fio";

    private final Distribution distribution;
    private final LinuxPeer linux;
    private final int seconds = Rounds.seconds(SECONDS);

    BlockBenchmark(Distribution distribution, LinuxPeer linux) {
        this.distribution = distribution;
        this.linux = linux;
    }

    @Override
    public List<Result> run() throws Exception {
        Guest ours =
                Guest.withoutRamDisk(
                                "Cortado", distribution.guest(BlockGuest.class, "block/block.elf"))
                        .with(DiskDrive.kernelWords(List.of(Integer.toString(seconds))));
        Guest peer =
                linux.guest(
                        LinuxProgram.of(
                                Commands.find("fio"),
                                FioJobs.arguments('/' + JOBS),
                                Map.of(JOBS, FioJobs.file("/dev/vda", DISK_MEBIBYTES, seconds)),
                                LinuxDevices.DISK));
        Map<String, Double> our = Figures.parse(console(ours));
        Map<String, Double> fio = FioJobs.parse(console(peer));
        List<Result> results = new ArrayList<>();
        our.forEach((name, figure) ->
                results.add(
                        Result.atLeast(
                                name.replace("direct_", "block_"),
                                figure,
                                fio.getOrDefault(name, Double.NaN),
                                LEAST_OF_FIO)));
        return results;
    }

    private List<String> console(Guest guest) throws Exception {
        Path file = distribution.output("block/disk.img");
        DiskDrive disk = DiskDrive.blank(file, DISK_MEBIBYTES);
        return guest.run(MEGABYTES, disk.options(), TIMEOUT_SECONDS);
    }
}

package dev.cortado.benchmarks;

import dev.cortado.system.xen.lab.Domain;
import dev.cortado.system.xen.lab.DomainConfiguration;
import dev.cortado.system.xen.lab.DomainType;
import dev.cortado.system.xen.lab.XenHost;
import dev.cortado.system.xen.lab.XenLab;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * examples/hello as a PVH domU of real Xen: how soon it speaks, beside Debian's kernel with a JVM
 * as its whole user land, and beside the smallest of Debian's domU kernels, GRUB, which is C and
 * not larger than Mini-OS. The clock runs from before {@code xl unpause}, since building a domain
 * is the tool stack's work; what that command takes itself is in all three figures.
 */
final class XenBenchmark implements Bench.Benchmark {
    private static final String MAIN_CLASS = "dev.cortado.examples.hello.Hello";
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int RUNS = 5;

    private final Distribution distribution;
    private final Path grub;
    private final LinuxPeer linux;

    XenBenchmark(Distribution distribution, Path peers, LinuxPeer linux) {
        this.distribution = distribution;
        this.grub = peers.resolve("grub-xen-host/usr/lib/grub-xen/grub-i386-xen_pvh.bin");
        this.linux = linux;
    }

    /** A domain, and the first that its program says. */
    private record Speaker(String name, DomainConfiguration domain, String line) {}

    @Override
    public List<Result> run() throws Exception {
        XenLab lab = XenLab.in(distribution.root().resolve("system-tests/target/xenlab"));
        Path classes = distribution.root().resolve("examples/hello/target/classes");
        Path image =
                distribution.build(
                        classes, MAIN_CLASS, "xen-pvh", distribution.output("xen/hello.elf"));
        Path ramDisk = linux.guest(classes, MAIN_CLASS).initialRamDisk();
        Speaker ours =
                new Speaker(
                        "Cortado",
                        new DomainConfiguration(DomainType.PVH, image).memory(24),
                        "Hello from Cortado");
        Speaker peer =
                new Speaker(
                        "Linux and a JDK",
                        lab.linux(DomainType.PVH).ramdisk(ramDisk).memory(384),
                        "Hello from ");
        Speaker small =
                new Speaker(
                        "GRUB", new DomainConfiguration(DomainType.PVH, grub).memory(24), "GRUB");
        List<Double> ourTimes = new ArrayList<>();
        List<Double> peerTimes = new ArrayList<>();
        List<Double> smallTimes = new ArrayList<>();
        for (int run = 0; run < RUNS; run++) {
            ourTimes.add(time(lab, ours));
            peerTimes.add(time(lab, peer));
            smallTimes.add(time(lab, small));
        }
        double our = Medians.of(ourTimes);
        return List.of(
                Result.ratio("xen_first_line_ms", our, Medians.of(peerTimes), 1.0 / 8),
                Result.comparison("xen_first_line_beside_c_ms", our, Medians.of(smallTimes)));
    }

    /** From the domain's start to the line on its console, in ms, on a machine of its own. */
    private static double time(XenLab lab, Speaker speaker) {
        try (XenHost host = lab.start()) {
            Domain domain = host.createPaused(speaker.domain());
            long start = System.nanoTime();
            domain.xl("unpause");
            while (!domain.console().contains(speaker.line())) {
                if (System.nanoTime() - start > PATIENCE.toNanos()) {
                    throw new AssertionError(speaker.name() + " says nothing:\n" + host.report());
                }
                LockSupport.parkNanos(1_000_000);
            }
            double time = (System.nanoTime() - start) / 1e6;
            System.out.printf("%s: first line after %.0f ms%n", speaker.name(), time);
            return time;
        }
    }
}

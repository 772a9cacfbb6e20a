package dev.cortado.system.xen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.system.Cortado;
import dev.cortado.system.DiskImage;
import dev.cortado.system.DriverDeaths;
import dev.cortado.system.ForcedWriters;
import dev.cortado.system.Program;
import dev.cortado.system.xen.lab.Domain;
import dev.cortado.system.xen.lab.DomainConfiguration;
import dev.cortado.system.xen.lab.DomainType;
import dev.cortado.system.xen.lab.EndReason;
import dev.cortado.system.xen.lab.Polling;
import dev.cortado.system.xen.lab.XenHost;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A file system on a vbd of a domU: of one domain after the other, and while things happen. */
@EnabledIfSystemProperty(
        named = "cortado.xen.disk",
        matches = "true",
        disabledReason = "an image of its own, which takes two minutes more")
@ExtendWith(XenExtension.class)
final class XenDiskIT {
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    /** How often a disk is taken away, a domain saved, and a domain destroyed. */
    private static final int TIMES =
            Integer.getInteger("cortado.xen.disk.times", XenExtension.LONG ? 20 : 2);

    /** Of the driver, under load, and of domains that are saved between them. */
    private static final int DEATHS =
            Integer.getInteger("cortado.xen.disk.deaths", XenExtension.LONG ? 100 : 5);

    /** For each death, which takes the backend a while where Xen itself is emulated. */
    private static final Duration A_DEATH = Duration.ofSeconds(30);

    private static final String DISK = "format=raw,vdev=xvda,access=rw,target=/tmp/disk";

    /** What dom0's console daemon may have taken from nobody's ring, at most. */
    private static final int UNHEARD = 100;

    @TempDir Path directory;

    private static Path image;

    @BeforeAll
    static void build() {
        image = Program.files().imageFile("xen");
        Cortado.build(Program.files(), image, "--target", "xen-pvh", "--with-disks");
    }

    private static void makeDisk(XenHost host) {
        makeDisk(host, 48);
    }

    private static void makeDisk(XenHost host, int mebibytes) {
        host.check("dd if=/dev/zero of=/tmp/disk bs=1M count=" + mebibytes);
    }

    private static Domain start(XenHost host, String... what) {
        return start(host, 128, what);
    }

    private static Domain start(XenHost host, int mebibytes, String... what) {
        return host.create(
                new DomainConfiguration(DomainType.PVH, image)
                        .memory(mebibytes)
                        .cpus(2)
                        .set("disk", "['" + DISK + "']")
                        .arguments(
                                "cortado.mount=/data=xvda:ext4,format-if-blank -- "
                                        + String.join(" ", what)));
    }

    /** What is on the disk now. */
    private DiskImage fetch(XenHost host) throws IOException {
        Path disk = directory.resolve("disk");
        Files.write(disk, unpack(host.check("gzip -1 -c /tmp/disk | base64", PATIENCE)));
        return new DiskImage(disk);
    }

    @Test
    void anotherDomainReadsWhatOneHasWritten(XenHost host) throws IOException {
        makeDisk(host);
        Domain writer = start(host, "write", "/data");
        assertEquals(EndReason.POWEROFF, writer.awaitEnd(PATIENCE), writer::console);
        assertTrue(writer.console().contains("/data: ext4 of xvda"), writer::console);
        assertTrue(writer.console().endsWith("written\n"), writer::console);
        Domain reader = start(host, "read", "/data");
        assertEquals(EndReason.POWEROFF, reader.awaitEnd(PATIENCE), reader::console);
        assertTrue(reader.console().endsWith("read\n"), reader::console);
        fetch(host).check();
    }

    private static long kept(Domain domain) {
        return domain.console().lines().filter(line -> line.startsWith("kept ")).count();
    }

    /** It has forced so many more records. */
    private static void awaitKept(Domain domain, int more) {
        long expected = kept(domain) + more;
        Polling.await(PATIENCE, () -> kept(domain) >= expected, domain::console);
    }

    /**
     * Those who write see a delay; so they do when a domain is saved, and goes on or is restored.
     */
    @Test
    void aDiskIsTakenAwayAndGivenBackUnderLoad(XenHost host) throws IOException {
        makeDisk(host);
        Domain domain = start(host, "force", "/data", "1000000");
        for (int i = 0; i < TIMES; i++) {
            awaitKept(domain, 10);
            domain.xl("block-detach", "xvda");
            domain.xl("block-attach", "'" + DISK + "'");
            awaitKept(domain, 10);
            host.check("xl save -c guest /tmp/saved && rm /tmp/saved"); // it goes on where it is
            awaitKept(domain, 10);
            host.check("xl save guest /tmp/saved && xl restore /tmp/saved && rm /tmp/saved");
        }
        awaitKept(domain, 10);
        domain.xl("shutdown");
        assertEquals(EndReason.POWEROFF, domain.awaitEnd(PATIENCE), domain::console);
        ForcedWriters writers = new ForcedWriters(directory);
        writers.hear(domain.console());
        DiskImage disk = fetch(host);
        disk.check();
        writers.look(disk, UNHEARD);
    }

    /**
     * Its connection ends with each death, and dom0's backend makes another one; in between the
     * domain is saved and restored. Nothing is lost, and no frame is.
     */
    @Test
    void theDriverDiesAgainAndAgain(XenHost host) throws IOException {
        makeDisk(host, DriverDeaths.LEAST_DISK);
        Domain domain = start(host, 64, "deaths", "/data", "" + DEATHS);
        Duration patience = PATIENCE.plus(A_DEATH.multipliedBy(DEATHS));
        for (int i = 1; i <= Math.min(TIMES, DEATHS - 1); i++) {
            int before = i * DEATHS / (TIMES + 1);
            Polling.await(
                    patience,
                    () -> DriverDeaths.count(domain.console()) >= before,
                    domain::console);
            host.check("xl save guest /tmp/saved && xl restore /tmp/saved && rm /tmp/saved");
        }
        assertEquals(EndReason.POWEROFF, domain.awaitEnd(patience), domain::console);
        DriverDeaths.check(domain.console(), DEATHS, fetch(host), directory);
    }

    /** Nobody says goodbye; what was forced is there, and the next domain goes on with it. */
    @Test
    void aDomainIsDestroyedUnderLoad(XenHost host) throws IOException {
        makeDisk(host);
        Random random = new Random(1);
        ForcedWriters writers = new ForcedWriters(directory);
        int heard = 0;
        for (int i = 0; i < TIMES; i++) {
            Domain domain = start(host, "force", "/data", "1000000");
            awaitKept(domain, 1 + random.nextInt(40));
            domain.xl("destroy");
            String console = domain.console();
            writers.hear(console.substring(heard));
            heard = console.length();
            writers.look(fetch(host), UNHEARD);
        }
    }

    private static byte[] unpack(String text) throws IOException {
        byte[] packed = Base64.getMimeDecoder().decode(text);
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            return in.readAllBytes();
        }
    }
}

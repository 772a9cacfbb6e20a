package dev.cortado.system.xen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.system.Cortado;
import dev.cortado.system.Outcome;
import dev.cortado.system.Program;
import dev.cortado.system.xen.lab.Domain;
import dev.cortado.system.xen.lab.DomainConfiguration;
import dev.cortado.system.xen.lab.DomainType;
import dev.cortado.system.xen.lab.EndReason;
import dev.cortado.system.xen.lab.XenHost;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A file system on a vbd of a domU, made, written and read by one domain after the other. */
@EnabledIfSystemProperty(
        named = "cortado.xen.disk",
        matches = "true",
        disabledReason = "an image of its own, which takes two minutes more")
@ExtendWith(XenExtension.class)
final class XenDiskIT {
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    @TempDir Path directory;

    private static Domain start(XenHost host, Path image, String what) {
        return host.create(
                new DomainConfiguration(DomainType.PVH, image)
                        .memory(128)
                        .cpus(2)
                        .set("disk", "['format=raw,vdev=xvda,access=rw,target=/tmp/disk']")
                        .arguments(
                                "cortado.mount=/data=xvda:ext4,format-if-blank -- "
                                        + what
                                        + " /data"));
    }

    @Test
    void anotherDomainReadsWhatOneHasWritten(XenHost host) throws IOException {
        Path image = Program.files().imageFile("xen");
        Cortado.build(Program.files(), image, "--target", "xen-pvh", "--with-disks");
        host.check("dd if=/dev/zero of=/tmp/disk bs=1M count=48");
        Domain writer = start(host, image, "write");
        assertEquals(EndReason.POWEROFF, writer.awaitEnd(PATIENCE), writer::console);
        assertTrue(writer.console().contains("/data: ext4 of xvda"), writer::console);
        assertTrue(writer.console().endsWith("written\n"), writer::console);
        Domain reader = start(host, image, "read");
        assertEquals(EndReason.POWEROFF, reader.awaitEnd(PATIENCE), reader::console);
        assertTrue(reader.console().endsWith("read\n"), reader::console);
        Path disk = directory.resolve("disk");
        Files.write(disk, unpack(host.check("gzip -c /tmp/disk | base64", PATIENCE)));
        Outcome outcome = Outcome.of(List.of("e2fsck", "-fn", disk.toString()), "");
        assertEquals(0, outcome.exitCode(), outcome.console());
    }

    private static byte[] unpack(String text) throws IOException {
        byte[] packed = Base64.getMimeDecoder().decode(text);
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            return in.readAllBytes();
        }
    }
}

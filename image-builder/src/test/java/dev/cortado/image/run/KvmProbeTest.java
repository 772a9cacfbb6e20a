package dev.cortado.image.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cortado.image.UserError;
import dev.cortado.image.compile.FakeJdk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KvmProbeTest {
    @TempDir Path directory;

    @Test
    void believesOnlyAGuestThatReallyRan() throws IOException {
        assertTrue(probe("exit 99").works());
        assertFalse(probe("exit 1").works());
        assertFalse(probe("exec sleep 60").works());
    }

    @Test
    void remembersWhatItFound() throws IOException {
        assumeTrue(Files.isWritable(Path.of("/dev/kvm")), "without KVM there is nothing to probe");
        Path count = directory.resolve("count");
        KvmProbe probe = probe("echo x >> '" + count + "'; exit 99");
        assertEquals(Accelerator.KVM, probe.choose());
        assertEquals(Accelerator.KVM, probe.choose());
        assertEquals(1, Files.readAllLines(count).size());
    }

    /** Somebody may have mended it meanwhile. */
    @Test
    void asksAgainWhetherItStillDoesNotWork() throws IOException {
        assumeTrue(Files.isWritable(Path.of("/dev/kvm")), "without KVM there is nothing to probe");
        Path count = directory.resolve("count");
        KvmProbe probe = probe("echo x >> '" + count + "'; exit 1");
        assertEquals(Accelerator.TCG, probe.choose());
        assertEquals(Accelerator.TCG, probe.choose());
        assertEquals(1, Files.readAllLines(count).size());
        Instant old = Instant.now().minus(Duration.ofMinutes(11));
        Files.setLastModifiedTime(directory.resolve("cache/kvm"), FileTime.from(old));
        assertEquals(Accelerator.TCG, probe.choose());
        assertEquals(2, Files.readAllLines(count).size());
    }

    @Test
    void asksAgainWhenToldTo() throws IOException {
        assumeTrue(Files.isWritable(Path.of("/dev/kvm")), "without KVM there is nothing to probe");
        Path count = directory.resolve("count");
        KvmProbe probe = probe("echo x >> '" + count + "'; exit 99");
        probe.choose();
        probe.forget();
        probe.choose();
        assertEquals(2, Files.readAllLines(count).size());
    }

    @Test
    void anotherQemuIsProbedAgain() throws IOException {
        assumeTrue(Files.isWritable(Path.of("/dev/kvm")), "without KVM there is nothing to probe");
        assertEquals(Accelerator.KVM, probe("exit 99").choose());
        Path qemu = directory.resolve("qemu");
        Files.delete(qemu);
        Files.createFile(directory.resolve("takes the old one's place"));
        assertEquals(Accelerator.TCG, probe("exit 1; # another").choose());
    }

    @Test
    void keepsItsMemoryWhereTheUserWantsIt() {
        assertEquals(
                Path.of("/c/cortado/kvm"), KvmProbe.defaultCache(Map.of("XDG_CACHE_HOME", "/c")));
    }

    /** The probe's guest is a real one: an emulator that certainly works runs it, too. */
    @Test
    void theProbesGuestRunsOnQemu() throws Exception {
        Qemu qemu = installed();
        assumeTrue(qemu != null, "QEMU is not installed");
        Path kernel = directory.resolve("kernel");
        Files.write(kernel, KvmProbe.kernel());
        Process process =
                new ProcessBuilder(qemu.probeCommand(kernel, Accelerator.TCG))
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        try {
            assertTrue(process.waitFor(30, java.util.concurrent.TimeUnit.SECONDS));
            assertEquals(99, process.exitValue());
        } finally {
            process.destroyForcibly();
        }
    }

    private static Qemu installed() {
        try {
            return Qemu.find(System.getenv("PATH"));
        } catch (UserError e) {
            return null;
        }
    }

    private KvmProbe probe(String script) throws IOException {
        Path qemu = FakeJdk.executable(directory.resolve("qemu"), script);
        return new KvmProbe(new Qemu(qemu), directory.resolve("cache/kvm"));
    }
}

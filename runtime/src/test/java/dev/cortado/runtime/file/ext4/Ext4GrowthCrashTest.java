package dev.cortado.runtime.file.ext4;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.HostTools;
import dev.cortado.runtime.file.ext4.layout.Geometry;
import dev.cortado.runtime.file.ext4.make.E2fsprogs;
import dev.cortado.runtime.file.ext4.make.FileStorage;
import dev.cortado.runtime.file.storage.journal.CrashStates;
import dev.cortado.runtime.file.storage.transaction.MemoryStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Wherever the machine ends while a file system grows, it is whole, as large as before or after,
 * and grows on the next time. Scaled by {@code cortado.ext4.crashes}.
 */
final class Ext4GrowthCrashTest {
    private static final int STATES = Integer.getInteger("cortado.ext4.crashes", 60);
    private static final int CHECKED_BY_E2FSCK = 12;
    private static final int BLOCKS_BEFORE = 5 * 1024 + 300;
    private static final int BLOCKS = 20 * 1024;
    private static final int BLOCKS_PER_GROUP = 1024;
    private static final int BLOCK_BYTES = 1024;
    private static final long CHECK_BYTES = 4 << 20;
    private static final MountOptions OPTIONS = MountOptions.of(() -> 1_700_000_000_000_000_000L);

    @TempDir Path directory;

    private final Set<Long> sizes = new HashSet<>();
    private int checked;

    /** Of groups so small that a block of descriptors is full on the way. */
    @Test
    void isWholeAfterEachStep() throws IOException, FileException {
        Path image = directory.resolve("image");
        FileStorage.of(image, (long) BLOCKS_BEFORE * BLOCK_BYTES).close();
        E2fsprogs.output(
                "mke2fs",
                "-q",
                "-t",
                "ext4",
                "-b",
                BLOCK_BYTES,
                "-g",
                BLOCKS_PER_GROUP,
                "-N",
                160,
                "-J",
                "size=1",
                "-E",
                "resize=65536",
                image);
        Path file = Files.writeString(directory.resolve("file"), "precious".repeat(1000));
        E2fsprogs.output("debugfs", "-w", "-R", "write " + file + " file", image);
        byte[] bytes = Arrays.copyOf(Files.readAllBytes(image), BLOCKS * BLOCK_BYTES);
        MemoryStorage storage = MemoryStorage.of(bytes.clone());
        storage.startLog();
        assertEquals(BLOCKS, Ext4Growth.grow(storage, OPTIONS).blocks());
        assertNull(new CrashStates(bytes, storage.log()).check(STATES, this::defect));
        assertTrue(sizes.size() > 1, "sizes after crashes: " + sizes);
    }

    private String defect(MemoryStorage crashed, int events) {
        try {
            List<String> findings = new ArrayList<>();
            Ext4Check.check(crashed, CHECK_BYTES, findings::add);
            sizes.add(Geometry.of(crashed).blocks());
            if (!findings.isEmpty()) {
                return findings.toString();
            }
            if (++checked % CHECKED_BY_E2FSCK == 0) {
                String text = e2fsck(crashed.image());
                if (text != null) {
                    return text;
                }
            }
            long blocks = Ext4Growth.grow(crashed, OPTIONS).blocks();
            Ext4FileSystem mounted = Ext4FileSystem.mount(crashed, OPTIONS);
            mounted.unmount();
            Ext4Check.check(crashed, CHECK_BYTES, findings::add);
            return findings.isEmpty() && blocks == BLOCKS ? null : blocks + ", then " + findings;
        } catch (FileException e) {
            return e.toString();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** The journal has been replayed: what says that it is to be does not matter. */
    private String e2fsck(byte[] bytes) throws IOException {
        Path image = Files.write(directory.resolve("crashed"), bytes);
        E2fsprogs.run("debugfs", "-w", "-R", "feature -needs_recovery", image);
        HostTools.Result check = E2fsprogs.run("e2fsck", "-fn", image);
        return check.exitCode() == 0 ? null : check.text();
    }
}

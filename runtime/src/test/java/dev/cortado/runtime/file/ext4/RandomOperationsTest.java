package dev.cortado.runtime.file.ext4;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cortado.runtime.file.tmpfs.TmpFileSystem;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * As fsstress and fsx do it: random calls, whose answers and results are compared with those of
 * files in memory; then e2fsck has its say. Scaled by {@code cortado.ext4.operations}.
 */
final class RandomOperationsTest {
    private static final int OPERATIONS = Integer.getInteger("cortado.ext4.operations", 240);
    private static final long SEED = Long.getLong("cortado.ext4.seed", 1);
    private static final int REMOUNTS = 3;
    private static final int KIBIBYTES = 12 * 1024 + 4 * OPERATIONS;

    @TempDir Path directory;

    @ParameterizedTest
    @EnumSource
    void agreesWithFilesInMemory(Format format) throws Exception {
        Ext4Image image = Ext4Image.make(directory, format, KIBIBYTES);
        Random random = new Random(SEED + format.ordinal());
        AtomicLong now = new AtomicLong(1_700_000_000_000_000_000L);
        TmpFileSystem model = new TmpFileSystem(1L << 30, 100_000, now::get);
        long step = format.hasNanoseconds() ? 1_234_567_891L : 1_000_000_000L;
        for (int mount = 0; mount < REMOUNTS; mount++) {
            Ext4FileSystem mounted = image.mount(now::get, mount == 1 ? "discard" : "");
            RandomOperations operations = new RandomOperations(random, model, mounted);
            try {
                for (int i = 0; i < OPERATIONS / REMOUNTS; i++) {
                    operations.step();
                    now.addAndGet(step);
                }
                operations.releaseAll();
                new TreeComparison(model, mounted, true).run();
            } catch (AssertionError e) {
                throw new AssertionError(tail(operations.log()), e);
            }
            mounted.unmount();
            image.assertClean();
        }
        new TreeComparison(model, image.mount(now::get, "ro"), true).run();
        assertEquals(List.of(), image.told());
    }

    private static String tail(String log) {
        List<String> lines = log.lines().toList();
        return String.join("\n", lines.subList(Math.max(lines.size() - 40, 0), lines.size()));
    }
}

package dev.cortado.runtime.file.ext4;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileName;
import dev.cortado.runtime.file.ext4.make.E2fsprogs;
import dev.cortado.runtime.file.ext4.make.Ext4Grower.Growth;
import dev.cortado.runtime.file.ext4.make.Ext4Maker;
import dev.cortado.runtime.file.ext4.make.FileStorage;
import dev.cortado.runtime.file.ext4.make.MakeOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A file system is made, used, grown through its journal, and used again. */
final class Ext4GrowthTest {
    private static final long TIME = 1_700_000_000_000_000_000L;
    private static final MountOptions OPTIONS = MountOptions.of(() -> TIME);

    @TempDir Path directory;

    @ParameterizedTest
    @CsvSource({"8, 300", "31, 300", "32, 600", "64, 4000", "200, 30000"})
    void isUsedBeforeAndAfter(long mebibytes, long grown) throws IOException, FileException {
        Path image = directory.resolve("image");
        try (FileStorage storage = FileStorage.of(image, mebibytes << 20)) {
            Ext4Maker.make(storage, MakeOptions.of(new UUID(1, 2), new UUID(3, 4), TIME).build());
            write(storage, "before", 2 << 20);
        }
        try (FileStorage storage = FileStorage.of(image, grown << 20)) {
            Growth growth = Ext4Growth.grow(storage, OPTIONS);
            assertNull(growth.limit());
            write(storage, "after", (int) Math.min(mebibytes, 40) << 20);
            assertFalse(Ext4Growth.grow(storage, OPTIONS).isGrown());
            write(storage, "last", 1);
        }
        E2fsprogs.assertClean(image);
    }

    private static void write(FileStorage storage, String name, int bytes) throws FileException {
        Ext4FileSystem mounted = Ext4FileSystem.mount(storage, OPTIONS);
        var file = mounted.create(mounted.root(), FileName.of(name), 0644);
        assertEquals(bytes, mounted.write(file, 0, ByteBuffer.allocate(bytes)));
        mounted.unmount();
    }

    @Test
    void saysWhenTheJournalIsTooSmall() throws IOException, FileException {
        Path image = directory.resolve("image");
        FileStorage.of(image, 6 << 20).close();
        E2fsprogs.output(
                "mke2fs", "-q", "-t", "ext4", "-b", 1024, "-g", 1024, "-J", "size=1", image);
        try (FileStorage storage = FileStorage.of(image, 20 << 20)) {
            Growth growth = Ext4Growth.grow(storage, OPTIONS);
            assertEquals("its journal has no room for a larger change", growth.limit());
            assertEquals(1 + 7 * 1024, growth.blocks());
            Ext4FileSystem.mount(storage, OPTIONS).unmount();
        }
        E2fsprogs.assertClean(image);
    }
}

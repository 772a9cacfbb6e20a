package dev.cortado.runtime.file.ext4;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileName;
import dev.cortado.runtime.file.Inode;
import dev.cortado.runtime.file.storage.transaction.MemoryStorage;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Mount option discard (ext4(5)): the disk is told of blocks that are free for good. */
@Timeout(120)
final class DiscardTest {
    private static final int KIBIBYTES = 16 << 10;
    private static final int BYTES = 3 << 20;

    @TempDir Path directory;

    private static void make(Ext4FileSystem mounted) throws FileException {
        Inode file = mounted.create(mounted.root(), FileName.of("file"), 0600);
        mounted.write(file, 0, ByteBuffer.allocate(BYTES));
        mounted.syncAll();
    }

    private static Ext4FileSystem mount(Ext4Image image, String options) throws FileException {
        return image.mount(() -> 1_700_000_000_000_000_000L, options);
    }

    @ParameterizedTest
    @EnumSource(names = {"DEFAULT", "EXT3", "EXT2_OLD"})
    void aFileIsDiscardedWhenItIsGoneForGood(Format format) throws Exception {
        Ext4Image image = Ext4Image.make(directory, format, KIBIBYTES);
        MemoryStorage disk = image.storage();
        Ext4FileSystem mounted = mount(image, "discard");
        make(mounted);
        mounted.unlink(mounted.root(), FileName.of("file"));
        assertEquals(0, disk.discardedBytes(), "it is there again if the machine ends now");
        mounted.syncAll();
        long bytes = disk.discardedBytes();
        assertTrue(bytes >= BYTES && bytes < BYTES + (BYTES >> 4), bytes + " bytes");
        make(mounted);
        mounted.unmount();
        assertEquals(List.of(), image.told());
        image.assertClean();
    }

    @ParameterizedTest
    @EnumSource(names = "DEFAULT")
    void nobodyIsToldWhoWasNotAsked(Format format) throws Exception {
        Ext4Image image = Ext4Image.make(directory, format, KIBIBYTES);
        for (String options : List.of("", "nodiscard", "discard,nodiscard")) {
            Ext4FileSystem mounted = mount(image, options);
            make(mounted);
            mounted.unlink(mounted.root(), FileName.of("file"));
            mounted.unmount();
            assertEquals(0, image.storage().discards(), options);
        }
        assertEquals(List.of(), image.told());
        image.storage().setCanDiscard(false);
        mount(image, "discard").unmount();
        assertEquals(List.of("memory: discard: the device knows nothing of it"), image.told());
    }

    @ParameterizedTest
    @EnumSource(names = "DEFAULT")
    void aDiskThatRefusesIsNotToldAgain(Format format) throws Exception {
        Ext4Image image = Ext4Image.make(directory, format, KIBIBYTES);
        image.storage()
                .setFaults((request, from, length) -> request == MemoryStorage.Request.DISCARD);
        Ext4FileSystem mounted = mount(image, "discard");
        for (int i = 0; i < 3; i++) {
            make(mounted);
            mounted.unlink(mounted.root(), FileName.of("file"));
            mounted.syncAll();
        }
        mounted.unmount();
        assertEquals(1, image.storage().discards());
        assertEquals(1, image.told().size(), image.told().toString());
        assertTrue(image.told().getFirst().startsWith("memory: nothing is discarded any more"));
        image.assertClean();
    }
}

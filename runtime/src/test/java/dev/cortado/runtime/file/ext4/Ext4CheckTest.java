package dev.cortado.runtime.file.ext4;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.Fails;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileName;
import dev.cortado.runtime.file.storage.transaction.MemoryStorage;
import dev.cortado.runtime.file.tmpfs.TmpFileSystem;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What was written here has nothing that the check finds; scaled by {@code cortado.ext4.calls}. */
final class Ext4CheckTest {
    private static final int CALLS = Integer.getInteger("cortado.ext4.calls", 150);
    private static final int KIBIBYTES = 12 * 1024;
    private static final long MEMORY_BYTES = 4 << 20;
    private static final long TIME = 1_700_000_000_000_000_000L;

    @TempDir Path directory;

    private final List<String> findings = new ArrayList<>();

    @ParameterizedTest
    @EnumSource
    void findsNothingInWhatIsWrittenHere(Format format) throws Exception {
        Ext4Image image = Ext4Image.make(directory, format, KIBIBYTES);
        TmpFileSystem model = new TmpFileSystem(1L << 30, 100_000, () -> TIME);
        Ext4FileSystem mounted = image.mount(() -> TIME, "");
        RandomOperations operations =
                new RandomOperations(new Random(format.ordinal()), model, mounted);
        for (int call = 0; call < CALLS; call++) {
            operations.step();
        }
        operations.releaseAll();
        mounted.syncAll();
        byte[] asLeft = image.storage().image();
        mounted.unmount();
        assertEquals(0, check(image.storage()), findings::toString);
        boolean hasJournal = mounted.geometry().journalInode() != 0;
        if (hasJournal) {
            // Nobody unmounts a machine that ends: the journal is replayed first.
            assertEquals(0, check(MemoryStorage.of(asLeft)), findings::toString);
        }
    }

    private long check(MemoryStorage storage) throws FileException {
        return Ext4Check.check(storage, MEMORY_BYTES, findings::add);
    }

    @Test
    void changesNothingThatCannotBeWritten() throws Exception {
        Ext4Image image = Ext4Image.make(directory, Format.DEFAULT, KIBIBYTES);
        MemoryStorage storage = image.storage();
        storage.setReadOnly(true);
        assertEquals(0, check(storage));
        storage.setReadOnly(false);
        Ext4FileSystem mounted = image.mount(() -> TIME, "");
        var file = mounted.create(mounted.root(), FileName.of("file"), 0644);
        mounted.write(file, 0, ByteBuffer.allocate(10));
        mounted.syncAll();
        MemoryStorage left = MemoryStorage.of(storage.image());
        left.setReadOnly(true);
        Fails.with(Errno.EROFS, () -> check(left));
    }

    @Test
    void tellsOfDamageThatWasMetBefore() throws Exception {
        Ext4Image image = Ext4Image.make(directory, Format.WITHOUT_CHECKSUMS, KIBIBYTES);
        // The state: damage was found.
        image.storage().write(1024, state(image.storage(), (byte) 3));
        assertEquals(1, check(image.storage()));
        assertTrue(findings.getFirst().startsWith("superblock: damage"), findings::toString);
    }

    private static ByteBuffer state(MemoryStorage storage, byte state) throws FileException {
        ByteBuffer superblock = ByteBuffer.allocate(512);
        storage.read(1024, superblock);
        return superblock.put(0x3A, state).clear();
    }
}

package dev.cortado.runtime.file.storage.partition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.storage.Storage;
import dev.cortado.runtime.file.storage.StoragePart;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StorageSliceTest {
    private final ByteStorage disk = new ByteStorage("vdb", new byte[16 << 10], 512);
    private final Storage part = new Partition(2, 1024, 4096, "83", "", "").of(disk);

    @Test
    void itHasItsOwnNameAndSize() {
        assertEquals("vdb2", part.name());
        assertEquals(4096, part.bytes());
        assertEquals(512, part.sectorBytes());
        ByteStorage numbered = new ByteStorage("nvme0n1", new byte[512], 512);
        assertEquals("nvme0n1p3", new Partition(3, 0, 512, "83", "", "").of(numbered).name());
    }

    @Test
    void itsPositionsAreItsOwn() throws Exception {
        ByteBuffer ones = ByteBuffer.allocate(512);
        while (ones.hasRemaining()) {
            ones.put((byte) 1);
        }
        part.write(512, ones.flip());
        assertEquals(0, disk.array()[1535]);
        assertEquals(1, disk.array()[1536]);
        assertEquals(1, disk.array()[2047]);
        assertEquals(0, disk.array()[2048]);
        ByteBuffer read = ByteBuffer.allocate(512);
        part.read(512, read);
        assertEquals(1, read.get(511));
    }

    /** The others are written nevertheless. */
    @Test
    void partsAreWrittenTogetherAndNoneOutside() {
        byte[] ones = new byte[512];
        Arrays.fill(ones, (byte) 1);
        List<StoragePart> parts = new ArrayList<>();
        for (long position : new long[] {0, 4096, -512, 3584}) {
            parts.add(new StoragePart(position, ByteBuffer.wrap(ones)));
        }
        FileException e = assertThrows(FileException.class, () -> part.writeAll(parts));
        assertEquals(Errno.EINVAL, e.errno());
        for (int at = 0; at < disk.array().length; at++) {
            boolean isWritten = at >= 1024 && at < 1536 || at >= 4608 && at < 5120;
            assertEquals(isWritten ? 1 : 0, disk.array()[at], "at " + at);
        }
    }

    @Test
    void zerosAreItsOwn() throws Exception {
        Arrays.fill(disk.array(), (byte) 1);
        part.zero(512, 1024);
        for (int at = 0; at < disk.array().length; at++) {
            assertEquals(at >= 1536 && at < 2560 ? 0 : 1, disk.array()[at], "at " + at);
        }
        assertThrows(FileException.class, () -> part.zero(3584, 1024));
        part.zero(0, 0);
    }

    @ParameterizedTest
    @CsvSource({"-512, 512", "4096, 512", "3584, 1024", "9223372036854775296, 512"})
    void nobodyLeavesIt(long position, int length) {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        for (FileException e :
                new FileException[] {
                    assertThrows(FileException.class, () -> part.read(position, bytes)),
                    assertThrows(FileException.class, () -> part.write(position, bytes)),
                    assertThrows(FileException.class, () -> part.discard(position, length))
                }) {
            assertEquals(Errno.EINVAL, e.errno());
        }
        assertEquals(length, bytes.remaining());
    }

    @Test
    void itIsAsReadOnlyAsItsDisk() {
        disk.readOnly();
        assertTrue(part.isReadOnly());
        FileException e =
                assertThrows(FileException.class, () -> part.write(0, ByteBuffer.allocate(512)));
        assertEquals(Errno.EROFS, e.errno());
    }
}

package dev.cortado.runtime.jdk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.Fails;
import dev.cortado.runtime.file.FileException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is written from a mapped file's memory, in parts. */
class MemoryTransfersTest {
    private static final int PART = 64 << 10;

    private final byte[] content = new byte[3 * PART + 5];
    private final byte[] file = new byte[content.length + 100];

    /** How many bytes the file takes, before there is no room. */
    private int room = Integer.MAX_VALUE;

    private int write(long position, ByteBuffer from) throws FileException {
        int count = Math.min(room, from.remaining());
        if (count == 0) {
            throw new FileException(Errno.ENOSPC);
        }
        from.get(file, (int) position, count);
        room -= count;
        return count;
    }

    private int write(int position) throws FileException {
        new Random(1).nextBytes(content);
        return MemoryTransfers.writeParts(
                this::write,
                position,
                content.length,
                (offset, size) -> Arrays.copyOfRange(content, offset, offset + size));
    }

    @Test
    void eachPartFollowsTheOneBefore() throws FileException {
        assertEquals(content.length, write(100));
        assertArrayEquals(content, Arrays.copyOfRange(file, 100, file.length));
    }

    @Test
    void whatWasWrittenBeforeAFailureCounts() throws FileException {
        room = PART + 3;
        assertEquals(PART + 3, write(0));
        assertArrayEquals(Arrays.copyOf(content, PART + 3), Arrays.copyOf(file, PART + 3));
        Fails.with(Errno.ENOSPC, () -> write(0));
    }
}

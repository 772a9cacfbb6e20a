package dev.cortado.system.guest.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Memory outside the heap, which comes and goes with buffers. */
final class DirectMemoryTest {
    private static final int MEBIBYTE = 1 << 20;

    /** More than there is, in all: what nobody has any more is collected. */
    @Test
    void buffersThatNobodyHasMakeRoomForOthers() {
        for (int i = 0; i < 400; i++) {
            ByteBuffer buffer = ByteBuffer.allocateDirect(4 * MEBIBYTE);
            assertEquals(0, buffer.get(4 * MEBIBYTE - 1));
            buffer.put(i, (byte) i);
            assertEquals((byte) i, buffer.get(i));
        }
    }

    @Test
    void tooManyBuffersAreAnOutOfMemoryErrorAndThenNot() {
        int first = fill();
        int second = fill();
        assertTrue(first >= 16, () -> "only " + first + " MiB");
        assertTrue(second >= first - first / 4, () -> first + " MiB, then " + second);
    }

    /** The last one is no more to find its place by chance. */
    private static int fill() {
        List<ByteBuffer> hoard = new ArrayList<>();
        try {
            while (true) {
                ByteBuffer buffer = ByteBuffer.allocateDirect(MEBIBYTE);
                buffer.putInt(0, hoard.size()).putInt(MEBIBYTE - 4, ~hoard.size());
                hoard.add(buffer);
            }
        } catch (OutOfMemoryError e) {
            String message = e.getMessage();
            for (int i = 0; i < hoard.size(); i++) {
                assertEquals(i, hoard.get(i).getInt(0));
                assertEquals(~i, hoard.get(i).getInt(MEBIBYTE - 4));
            }
            assertTrue(message.startsWith("Cannot reserve " + MEBIBYTE + " bytes"), message);
            return hoard.size();
        }
    }

    @Test
    void moreThanAnyMachineHas() {
        assertThrows(
                OutOfMemoryError.class,
                () -> {
                    List<ByteBuffer> hoard = new ArrayList<>();
                    while (true) {
                        hoard.add(ByteBuffer.allocateDirect(Integer.MAX_VALUE));
                    }
                });
    }

    /** Of all sizes, so that what is free lies in pieces. */
    @Test
    void buffersDoNotOverlap() {
        Random random = new Random(11);
        List<ByteBuffer> buffers = new ArrayList<>();
        for (int step = 0; step < 300; step++) {
            if (buffers.size() > 20) {
                check(buffers.remove(random.nextInt(buffers.size())));
            }
            int bytes = 16 + random.nextInt(1 << 8 + random.nextInt(14));
            ByteBuffer buffer = ByteBuffer.allocateDirect(bytes);
            for (int at = 0; at + 8 <= bytes; at += Math.max(8, bytes / 64)) {
                assertEquals(0, buffer.getLong(at));
                buffer.putLong(at, bytes * 31L + at);
            }
            buffers.add(buffer);
        }
        buffers.forEach(DirectMemoryTest::check);
    }

    private static void check(ByteBuffer buffer) {
        int bytes = buffer.capacity();
        for (int at = 0; at + 8 <= bytes; at += Math.max(8, bytes / 64)) {
            assertEquals(bytes * 31L + at, buffer.getLong(at));
        }
    }
}

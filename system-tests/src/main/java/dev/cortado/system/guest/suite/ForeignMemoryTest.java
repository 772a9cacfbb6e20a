package dev.cortado.system.guest.suite;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Memory segments: what is written is read, as any type and through any view. */
final class ForeignMemoryTest {
    private static final long OFFSET = 8;

    @Test
    void everyTypeIsReadAsItWasWritten() {
        try (Arena arena = Arena.ofConfined()) {
            everyType(arena.allocate(64, 8));
        }
    }

    @Test
    void soAreTheHeaps() {
        everyType(MemorySegment.ofArray(new byte[64]));
        everyType(MemorySegment.ofArray(new long[8]));
    }

    private static void everyType(MemorySegment memory) {
        memory.set(ValueLayout.JAVA_BYTE, OFFSET, (byte) -5);
        assertEquals(-5, memory.get(ValueLayout.JAVA_BYTE, OFFSET));
        memory.set(ValueLayout.JAVA_BOOLEAN, OFFSET, true);
        assertTrue(memory.get(ValueLayout.JAVA_BOOLEAN, OFFSET));
        memory.set(ValueLayout.JAVA_SHORT_UNALIGNED, OFFSET, (short) -300);
        assertEquals(-300, memory.get(ValueLayout.JAVA_SHORT_UNALIGNED, OFFSET));
        memory.set(ValueLayout.JAVA_CHAR_UNALIGNED, OFFSET, '\u2615');
        assertEquals('\u2615', memory.get(ValueLayout.JAVA_CHAR_UNALIGNED, OFFSET));
        memory.set(ValueLayout.JAVA_INT_UNALIGNED, OFFSET + 1, 0x12345678);
        assertEquals(0x12345678, memory.get(ValueLayout.JAVA_INT_UNALIGNED, OFFSET + 1));
        memory.set(ValueLayout.JAVA_LONG_UNALIGNED, OFFSET + 3, Long.MIN_VALUE + 1);
        assertEquals(Long.MIN_VALUE + 1, memory.get(ValueLayout.JAVA_LONG_UNALIGNED, OFFSET + 3));
        memory.set(ValueLayout.JAVA_FLOAT_UNALIGNED, OFFSET, 1.5f);
        assertEquals(1.5f, memory.get(ValueLayout.JAVA_FLOAT_UNALIGNED, OFFSET));
        memory.set(ValueLayout.JAVA_DOUBLE_UNALIGNED, OFFSET, -2.25);
        assertEquals(-2.25, memory.get(ValueLayout.JAVA_DOUBLE_UNALIGNED, OFFSET));
    }

    @Test
    void elementsAreCountedFromTheBeginning() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocate(64, 8);
            memory.setAtIndex(ValueLayout.JAVA_BYTE, 3, (byte) 1);
            memory.setAtIndex(ValueLayout.JAVA_CHAR, 2, 'x');
            memory.setAtIndex(ValueLayout.JAVA_SHORT, 3, (short) 2);
            memory.setAtIndex(ValueLayout.JAVA_INT, 3, 3);
            memory.setAtIndex(ValueLayout.JAVA_FLOAT, 5, 4f);
            memory.setAtIndex(ValueLayout.JAVA_LONG, 4, 5L);
            memory.setAtIndex(ValueLayout.JAVA_DOUBLE, 6, 6.0);
            memory.setAtIndex(ValueLayout.ADDRESS, 7, MemorySegment.ofAddress(7));
            assertEquals(1, memory.getAtIndex(ValueLayout.JAVA_BYTE, 3));
            assertEquals('x', memory.getAtIndex(ValueLayout.JAVA_CHAR, 2));
            assertEquals(2, memory.getAtIndex(ValueLayout.JAVA_SHORT, 3));
            assertEquals(3, memory.getAtIndex(ValueLayout.JAVA_INT, 3));
            assertEquals(4f, memory.getAtIndex(ValueLayout.JAVA_FLOAT, 5));
            assertEquals(5L, memory.getAtIndex(ValueLayout.JAVA_LONG, 4));
            assertEquals(6.0, memory.getAtIndex(ValueLayout.JAVA_DOUBLE, 6));
            assertEquals(7, memory.getAtIndex(ValueLayout.ADDRESS, 7).address());
        }
    }

    @Test
    void theByteOrderIsTheLayouts() {
        MemorySegment memory = MemorySegment.ofArray(new byte[8]);
        memory.set(ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN), 0, 0x01020304);
        assertEquals(1, memory.get(ValueLayout.JAVA_BYTE, 0));
        assertEquals(
                0x04030201,
                memory.get(ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN), 0));
    }

    @Test
    void whatIsOutsideIsRefused() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocate(8, 8);
            assertThrows(
                    IndexOutOfBoundsException.class, () -> memory.get(ValueLayout.JAVA_LONG, 1));
            assertThrows(
                    IndexOutOfBoundsException.class,
                    () -> memory.set(ValueLayout.JAVA_BYTE, -1, (byte) 0));
            assertThrows(
                    IllegalArgumentException.class,
                    () -> memory.asSlice(1, 7).get(ValueLayout.JAVA_SHORT, 0));
            assertThrows(
                    IllegalArgumentException.class,
                    () -> memory.asReadOnly().set(ValueLayout.JAVA_LONG, 0, 1));
            assertThrows(IndexOutOfBoundsException.class, () -> memory.asSlice(4, 8));
        }
    }

    @Test
    void slicesAndBuffersAreViews() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocate(16, 8);
            memory.asSlice(8).set(ValueLayout.JAVA_LONG, 0, 42);
            ByteBuffer buffer = memory.asByteBuffer().order(ByteOrder.nativeOrder());
            assertEquals(42, buffer.getLong(8));
            buffer.putInt(0, 17);
            assertEquals(17, memory.get(ValueLayout.JAVA_INT, 0));
            assertEquals(17, MemorySegment.ofBuffer(buffer).get(ValueLayout.JAVA_INT, 0));
            ByteBuffer direct = ByteBuffer.allocateDirect(8).order(ByteOrder.nativeOrder());
            MemorySegment.ofBuffer(direct).set(ValueLayout.JAVA_INT, 4, 9);
            assertEquals(9, direct.getInt(4));
        }
    }

    @Test
    void bulkOperationsReachAllBytes() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocate(100_000, 8).fill((byte) 3);
            assertEquals(-1, memory.mismatch(arena.allocate(100_000).fill((byte) 3)));
            int[] numbers = {1, 2, 3, 4};
            MemorySegment.copy(numbers, 1, memory, ValueLayout.JAVA_INT, 8, 3);
            assertArrayEquals(
                    new int[] {2, 3, 4}, memory.asSlice(8, 12).toArray(ValueLayout.JAVA_INT));
            MemorySegment.copy(
                    memory,
                    ValueLayout.JAVA_INT,
                    8,
                    memory,
                    ValueLayout.JAVA_INT.withOrder(ByteOrder.BIG_ENDIAN),
                    80,
                    3);
            assertEquals(0x02000000, memory.get(ValueLayout.JAVA_INT, 80));
            memory.asSlice(0, 8).copyFrom(MemorySegment.ofArray(new byte[8]));
            assertEquals(0, memory.get(ValueLayout.JAVA_LONG, 0));
            assertEquals(8, memory.mismatch(arena.allocate(100_000)));
            assertEquals(
                    "2 3 4",
                    memory.asSlice(8, 12)
                            .elements(ValueLayout.JAVA_INT)
                            .map(each -> "" + each.get(ValueLayout.JAVA_INT, 0))
                            .collect(Collectors.joining(" ")));
        }
    }

    @Test
    void stringsAndPointersGoThroughMemory() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment text = arena.allocateFrom("caf\u00e9 \u2615");
            assertEquals("caf\u00e9 \u2615", text.getString(0));
            MemorySegment pointer = arena.allocateFrom(ValueLayout.ADDRESS, text);
            MemorySegment target = pointer.get(ValueLayout.ADDRESS, 0);
            assertEquals(text.address(), target.address());
            assertEquals(0, target.byteSize());
            assertEquals("caf\u00e9 \u2615", target.reinterpret(text.byteSize()).getString(0));
            assertFalse(target.equals(MemorySegment.NULL));
        }
    }
}

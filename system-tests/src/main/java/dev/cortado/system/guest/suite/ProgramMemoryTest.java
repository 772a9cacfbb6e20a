package dev.cortado.system.guest.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cortado.boot.layout.AddressSpace;
import dev.cortado.kernel.interrupt.Interrupts;
import dev.cortado.kernel.memory.DeviceBlock;
import dev.cortado.kernel.memory.DirectMap;
import dev.cortado.kernel.memory.Frames;
import dev.cortado.kernel.memory.Memory;
import dev.cortado.kernel.memory.ProgramMemory;
import dev.cortado.kernel.memory.VirtualMemory;
import dev.cortado.kernel.pc.PcInterrupts;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import jdk.internal.misc.Unsafe;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Direct buffers as devices find them. */
final class ProgramMemoryTest {
    private static final int PAGE = (int) Frames.SIZE;

    /** Of each test, since there is none on HotSpot. */
    private final VirtualMemory memory = new VirtualMemory();

    @BeforeAll
    static void inAGuest() {
        Guest.required();
        assumeTrue(Interrupts.controller() instanceof PcInterrupts, "there are no devices");
    }

    /** Small ones, those that are taken by frames, and those that are mapped. */
    @ParameterizedTest
    @ValueSource(ints = {1, 100, 4096, 100_000, (1 << 20) + PAGE, 5 << 20})
    void everyByteIsWhereADeviceFindsIt(int length) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(length);
        for (int i = 0; i < length; i++) {
            buffer.put(i, (byte) (i >> 12 ^ i));
        }
        long begin = MemorySegment.ofBuffer(buffer).address();
        for (int done = 0; done < length; ) {
            DeviceBlock block = ProgramMemory.find(begin + done, length - done);
            assertEquals(Frames.roundDown(begin + done, PAGE), block.address());
            int offset = (int) (begin + done - block.address());
            int count = (int) Math.min(block.bytes() - offset, length - done);
            assertTrue(count > 0);
            long device = DirectMap.toVirtual(block.deviceAddress(offset, count));
            for (int i = 0; i < count; i++) {
                assertEquals(buffer.get(done + i), memory.readByte(device + i));
            }
            done += count;
        }
    }

    @Test
    void otherMemoryIsNotFound() throws IOException {
        for (long address :
                new long[] {
                    -1,
                    Long.MIN_VALUE,
                    Long.MAX_VALUE - 1,
                    0,
                    AddressSpace.IMAGE_BASE,
                    AddressSpace.HEAP_BASE + AddressSpace.IMAGE_HEAP_OFFSET,
                    AddressSpace.STACKS_BASE - PAGE,
                    AddressSpace.STACKS_BASE,
                    AddressSpace.DIRECT_MAP_BASE - PAGE,
                    AddressSpace.DEVICE_BASE - PAGE,
                    AddressSpace.DEVICE_BASE
                }) {
            assertNull(ProgramMemory.find(address, 1), Long.toHexString(address));
        }
        long known = MemorySegment.ofBuffer(ByteBuffer.allocateDirect(PAGE)).address();
        for (long length : new long[] {0, -1, Long.MAX_VALUE, Long.MIN_VALUE, 1L << 45}) {
            assertNull(ProgramMemory.find(known, length), Long.toHexString(length));
        }
        Path file = Files.createTempFile("mapped", null);
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer mapped = channel.map(FileChannel.MapMode.READ_WRITE, 0, PAGE);
            mapped.put(0, (byte) 1);
            assertNull(ProgramMemory.find(MemorySegment.ofBuffer(mapped).address(), PAGE));
        } finally {
            Files.delete(file);
        }
    }

    /** Some pages of it stay so for as long as the guest lives. */
    @ParameterizedTest
    @ValueSource(ints = {PAGE, 2 << 20})
    void whatADeviceHasKeptIsNotFreed(int length) {
        Unsafe unsafe = Unsafe.getUnsafe();
        long address = unsafe.allocateMemory(length);
        unsafe.putLong(address + length - Long.BYTES, length);
        ProgramMemory.keep(new ProgramMemory.Part(address + PAGE / 2, 1));
        assertTrue(ProgramMemory.isKept(address));
        unsafe.freeMemory(address);
        assertTrue(Memory.usableBytes(address) >= length);
        assertEquals(length, unsafe.getLong(address + length - Long.BYTES));
        long other = unsafe.allocateMemory(length);
        assertTrue(other != address);
        unsafe.freeMemory(other);
    }
}

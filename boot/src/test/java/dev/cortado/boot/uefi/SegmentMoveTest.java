package dev.cortado.boot.uefi;

import static dev.cortado.boot.x86.Register.R14;
import static dev.cortado.boot.x86.Register.RDI;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.cortado.boot.layout.KernelSegment;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The code that moves a kernel over the file that it comes from, run here. */
class SegmentMoveTest {
    private static final int SEED = 20261129;
    private static final int ROUNDS = 300;
    private static final int MEMORY = 4096;
    private static final int LARGEST = 300;

    private final MemorySegment memory = Arena.ofAuto().allocate(MEMORY, 64);

    @Test
    void whereverTheImageIsAllArrivesAndNothingElseIsTouched() throws Throwable {
        Random random = new Random(SEED);
        for (int round = 0; round < ROUNDS; round++) {
            List<KernelSegment> segments = segments(random);
            int image = random.nextInt(MEMORY - 5 * LARGEST);
            byte[] before = new byte[MEMORY];
            random.nextBytes(before);
            memory.copyFrom(MemorySegment.ofArray(before));
            move(segments).invokeExact(memory.asSlice(image));
            byte[] expected = expected(before, image, segments);
            assertArrayEquals(
                    expected,
                    memory.toArray(ValueLayout.JAVA_BYTE),
                    "round %d, image at %d: %s".formatted(round, image, segments));
        }
    }

    @Test
    void anotherOrderThanTheImagesIsRefused() {
        List<KernelSegment> segments =
                List.of(new KernelSegment(64, 8, 0, 8), new KernelSegment(0, 64, 8, 64));
        assertThrows(
                IllegalArgumentException.class, () -> SegmentMove.append(new UefiCode(), segments));
    }

    /** One to four, apart or not, some without bytes in the file, some longer in memory. */
    private List<KernelSegment> segments(Random random) {
        List<KernelSegment> segments = new ArrayList<>();
        long offset = random.nextInt(64);
        long address = memory.address() + random.nextInt(MEMORY / 3);
        for (int count = random.nextInt(4); count >= 0; count--) {
            long size = random.nextInt(8) == 0 ? 0 : random.nextInt(LARGEST);
            long zeroes = random.nextBoolean() ? 0 : random.nextInt(LARGEST);
            segments.add(new KernelSegment(offset, size, address, size + zeroes));
            offset += size + (random.nextBoolean() ? 0 : random.nextInt(32));
            address += size + zeroes + (random.nextBoolean() ? 0 : random.nextInt(64));
        }
        return segments;
    }

    private static MethodHandle move(List<KernelSegment> segments) throws Throwable {
        UefiCode uefi = new UefiCode();
        uefi.code.function(
                "test_move",
                () -> {
                    uefi.code.push(R14);
                    uefi.code.mov(R14, RDI);
                    uefi.code.call(SegmentMove.MOVE);
                    uefi.code.pop(R14);
                    uefi.code.ret();
                });
        SegmentMove.append(uefi, segments);
        return NativeCode.function(uefi.link(), FunctionDescriptor.ofVoid(ValueLayout.ADDRESS));
    }

    private byte[] expected(byte[] before, int image, List<KernelSegment> segments) {
        byte[] after = before.clone();
        for (KernelSegment segment : segments) {
            int to = (int) (segment.address() - memory.address());
            for (int at = 0; at < segment.memorySize(); at++) {
                after[to + at] =
                        at < segment.fileSize() ? before[image + (int) segment.offset() + at] : 0;
            }
        }
        return after;
    }
}

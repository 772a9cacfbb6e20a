package dev.cortado.kernel.interrupt;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cortado.boot.layout.InterruptFrame;
import dev.cortado.kernel.memory.HostMemory;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class InterruptedStackTest {
    private static final int BYTES = 64 * 1024;
    private static final long END = HostMemory.BASE + BYTES;

    private final HostMemory memory = new HostMemory(BYTES);

    /** What an interrupt leaves on a stack whose pointer was this. */
    private long interrupt(long stackPointer, int vector) {
        long frame = (stackPointer & -16) - InterruptFrame.SIZE;
        memory.writeLong(frame + InterruptFrame.RSP, stackPointer);
        memory.writeLong(frame + InterruptFrame.VECTOR, vector);
        return frame;
    }

    private long find(long from) {
        return InterruptedStack.find(memory, from, END);
    }

    @Test
    void theFrameEndsWhereTheStackPointerWas() {
        Random random = new Random(9);
        for (long at = 0; at < BYTES; at += 8) {
            memory.writeLong(HostMemory.BASE + at, random.nextLong());
        }
        for (int below = 0; below < 16; below++) {
            long frame = interrupt(END - 2048 - below, 0x20 + below);
            for (int away : new int[] {0, 8, 16, 1000, 12 * 1024}) {
                assertEquals(frame, find(frame - away), below + " " + away);
            }
            memory.writeLong(frame + InterruptFrame.VECTOR, -1);
        }
    }

    @Test
    void theNearestIsTaken() {
        interrupt(END - 1024, 0x40);
        assertEquals(interrupt(END - 4096, 0x41), find(END - 8192));
    }

    @Test
    void exceptionsAndNumbersThatAreNoVectorsAreNone() {
        for (int vector : new int[] {0, 2, 14, 31, 256, -1}) {
            interrupt(END - 1024, vector);
            assertEquals(0, find(END - 4096), "" + vector);
        }
    }

    @Test
    void nothingIsReadBehindTheStackNorFarAway() {
        assertEquals(0, find(END - 8));
        assertEquals(0, find(END - InterruptFrame.SIZE + 1));
        assertEquals(0, find(END));
        assertEquals(0, find(HostMemory.BASE));
        interrupt(END - 1024, 0x40);
        assertEquals(0, find(HostMemory.BASE + 1024));
    }

    @Test
    void aStackThatWasEmptyIsOne() {
        assertEquals(interrupt(END, 0x40), find(END - 512));
    }
}

package dev.cortado.runtime.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.cortado.drivers.block.BufferInUseException;
import dev.cortado.kernel.memory.BuddyAllocator;
import dev.cortado.kernel.memory.DeviceFrames;
import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.Fails;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Which buffers are used again after a transfer that failed. */
class FailedTransferTest {
    private static final int BYTES = 4096;
    private static final int DISK_BYTES = 1 << 20;

    @AutoClose private final Arena memory = Arena.ofConfined();
    private final FakeDevice disk = new FakeDevice(new byte[DISK_BYTES]);
    private final List<String> told = new ArrayList<>();
    private final DiskStorage storage =
            new DiskStorage(
                    "vda",
                    disk,
                    new TransferBuffers(
                            new DeviceFrames(new ArenaFrames(memory, Long.MAX_VALUE), "disks"),
                            BuddyAllocator.NO_LIMIT,
                            2,
                            0),
                    new FakeFrames(),
                    told::add);

    private long bufferOfNextRead() throws Exception {
        disk.failure = null;
        storage.read(0, ByteBuffer.allocate(BYTES));
        return disk.buffers.getLast();
    }

    @Test
    void usesABufferAgainThatADeviceIsDoneWith() throws Exception {
        long first = bufferOfNextRead();
        disk.failure = new IOException("no medium");
        Fails.with(Errno.EIO, () -> storage.read(0, ByteBuffer.allocate(BYTES)));
        disk.failure = new IllegalArgumentException();
        Fails.with(Errno.EINVAL, () -> storage.write(0, ByteBuffer.allocate(BYTES)));
        assertEquals(first, bufferOfNextRead());
        assertEquals(List.of("vda: no medium"), told);
    }

    @Test
    void neverUsesOneAgainThatADeviceMayStillWriteTo() throws Exception {
        long first = bufferOfNextRead();
        disk.failure = new BufferInUseException("it does not answer", null);
        Fails.with(Errno.EIO, () -> storage.read(0, ByteBuffer.allocate(BYTES)));
        assertNotEquals(first, bufferOfNextRead());
    }

    /** A driver that dies of an Error has told nobody what its device was about to do. */
    @Test
    void neverUsesOneAgainAfterAnError() throws Exception {
        long first = bufferOfNextRead();
        disk.failure = new StackOverflowError();
        assertThrows(StackOverflowError.class, () -> storage.read(0, ByteBuffer.allocate(BYTES)));
        long second = bufferOfNextRead();
        assertNotEquals(first, second);
        disk.failure = new StackOverflowError();
        assertThrows(StackOverflowError.class, () -> storage.write(0, ByteBuffer.allocate(BYTES)));
        Fails.with(Errno.EIO, () -> storage.read(0, ByteBuffer.allocate(BYTES)));
    }
}

package dev.cortado.runtime.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.cortado.drivers.block.BlockDevice;
import dev.cortado.drivers.block.BufferInUseException;
import dev.cortado.kernel.memory.BuddyAllocator;
import dev.cortado.kernel.memory.DeviceBlock;
import dev.cortado.kernel.memory.DeviceFrames;
import dev.cortado.kernel.memory.FrameSource;
import dev.cortado.kernel.memory.Frames;
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
    private static final long DISK_BYTES = 1 << 20;

    @AutoClose private final Arena memory = Arena.ofConfined();
    private final FailingDisk disk = new FailingDisk();
    private final List<String> told = new ArrayList<>();
    private final DiskStorage storage =
            new DiskStorage(
                    "vda",
                    disk,
                    new TransferBuffers(
                            new DeviceFrames(new Memory(), "disks"), BuddyAllocator.NO_LIMIT, 2, 0),
                    told::add);

    /** The host's, which no device sees. */
    private final class Memory implements FrameSource {
        @Override
        public long allocate(int order, long limit) {
            return memory.allocate(Frames.SIZE << order, Frames.SIZE).address();
        }

        @Override
        public void free(long physical, int order) {}

        @Override
        public long address(long physical) {
            return physical;
        }
    }

    /** Notes which buffer it was given, and fails as it is told to. */
    private static final class FailingDisk implements BlockDevice {
        private final List<Long> buffers = new ArrayList<>();
        private Throwable failure;

        @Override
        public String name() {
            return "vda";
        }

        @Override
        public long bytes() {
            return DISK_BYTES;
        }

        @Override
        public int blockBytes() {
            return 512;
        }

        @Override
        public boolean isReadOnly() {
            return false;
        }

        @Override
        public boolean canDiscard() {
            return false;
        }

        @Override
        public void read(long position, DeviceBlock buffer, long offset, int length)
                throws IOException {
            buffers.add(buffer.address());
            switch (failure) {
                case null -> {}
                case Error error -> throw error;
                case IOException error -> throw error;
                default -> throw new IllegalArgumentException(failure);
            }
        }

        @Override
        public void write(long position, DeviceBlock buffer, long offset, int length)
                throws IOException {
            read(position, buffer, offset, length);
        }

        @Override
        public void flush() {}

        @Override
        public void discard(long position, long length) {}
    }

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

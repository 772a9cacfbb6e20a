package dev.cortado.runtime.disk;

import dev.cortado.kernel.memory.DeviceBlock;
import dev.cortado.kernel.memory.DeviceFrames;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import jdk.internal.access.SharedSecrets;

/**
 * A bounded number of buffers between file systems and devices: small ones for metadata, and large
 * ones. They are allocated when they are first needed, and stay.
 */
public final class TransferBuffers {
    public static final int SMALL_BYTES = 64 << 10;
    public static final int LARGE_BYTES = 1 << 20;

    private final DeviceFrames frames;
    private final long addressLimit;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition returned = lock.newCondition();
    private final Size small;
    private final Size large;

    /** Buffers of a size. Guarded by the lock. */
    private static final class Size {
        private final int bytes;
        private final Deque<TransferBuffer> free = new ArrayDeque<>();

        /** How many more may be allocated. */
        private int left;

        private int inUse;

        Size(int bytes, int number) {
            this.bytes = bytes;
            left = number;
        }
    }

    /**
     * @param addressLimit all addresses that devices see are below
     * @param smallOnes how many there are at most
     */
    public TransferBuffers(DeviceFrames frames, long addressLimit, int smallOnes, int largeOnes) {
        this.frames = frames;
        this.addressLimit = addressLimit;
        small = new Size(SMALL_BYTES, smallOnes);
        large = new Size(LARGE_BYTES, largeOnes);
    }

    /**
     * Waits for a buffer.
     *
     * @param length bytes that it is for; it may have fewer
     * @throws IOException there is no memory for one, or devices have kept all
     */
    public TransferBuffer take(long length) throws IOException {
        lock.lock();
        try {
            while (true) {
                TransferBuffer buffer = length > SMALL_BYTES ? find(large) : null;
                if (buffer == null && (length <= SMALL_BYTES || !mayCome(large))) {
                    buffer = find(small);
                }
                if (buffer != null) {
                    return buffer;
                }
                if (!mayCome(small) && !mayCome(large)) {
                    throw new IOException("no memory that a disk could read or write");
                }
                returned.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    private static boolean mayCome(Size size) {
        return size.inUse > 0;
    }

    /** Null if there is none. */
    private TransferBuffer find(Size size) {
        TransferBuffer buffer = size.free.poll();
        if (buffer == null && size.left > 0) {
            buffer = allocate(size.bytes);
            size.left -= buffer == null ? 0 : 1;
        }
        size.inUse += buffer == null ? 0 : 1;
        return buffer;
    }

    /** Null if there is no memory. */
    private TransferBuffer allocate(int bytes) {
        try {
            DeviceBlock block = frames.allocate(bytes, addressLimit);
            return new TransferBuffer(
                    block,
                    SharedSecrets.getJavaNioAccess()
                            .newDirectByteBuffer(block.address(), bytes, null, null));
        } catch (IOException e) {
            return null;
        }
    }

    public void giveBack(TransferBuffer buffer) {
        leave(buffer, true);
    }

    /** A device may still write to it: nobody uses it any more. */
    public void abandon(TransferBuffer buffer) {
        leave(buffer, false);
    }

    private void leave(TransferBuffer buffer, boolean isUsable) {
        lock.lock();
        try {
            Size size = buffer.size() == SMALL_BYTES ? small : large;
            size.inUse--;
            if (isUsable) {
                size.free.push(buffer);
            }
            returned.signalAll();
        } finally {
            lock.unlock();
        }
    }
}

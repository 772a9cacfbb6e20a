package dev.cortado.runtime.share;

import dev.cortado.drivers.block.BufferInUseException;
import dev.cortado.drivers.virtio.folder.VirtioFolder;
import dev.cortado.runtime.disk.TransferBuffer;
import dev.cortado.runtime.disk.TransferBuffers;
import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.folder.Transport;
import java.io.IOException;
import java.nio.ByteBuffer;

/** One life of a driver. A slot has a buffer as long as somebody looks at it. */
final class ShareTransport implements Transport {
    private final VirtioFolder driver;
    private final TransferBuffers buffers;

    /** What a slot has; of the thread that has the slot. */
    private final TransferBuffer[] held = new TransferBuffer[VirtioFolder.SLOTS];

    /** Whether the device has it. */
    private final boolean[] isSent = new boolean[VirtioFolder.SLOTS];

    private final boolean[] isLost = new boolean[VirtioFolder.SLOTS];

    ShareTransport(VirtioFolder driver, TransferBuffers buffers) {
        this.driver = driver;
        this.buffers = buffers;
    }

    @Override
    public int slots() {
        return VirtioFolder.SLOTS;
    }

    @Override
    public int slotBytes() {
        return TransferBuffers.SMALL_BYTES;
    }

    @Override
    public ByteBuffer memory(int slot) throws FileException {
        try {
            held[slot] = buffers.take(TransferBuffers.SMALL_BYTES);
            return held[slot].bytes();
        } catch (IOException e) {
            throw new FileException(Errno.ENOMEM, driver.name());
        }
    }

    @Override
    public void send(int slot, int requestBytes, int replyAt, int replyBytes) throws FileException {
        try {
            driver.send(slot, held[slot].block(), requestBytes, replyAt, replyBytes);
            isSent[slot] = true;
        } catch (IOException e) {
            throw failure();
        }
    }

    @Override
    public void tell(int slot, int messageBytes) throws FileException {
        try {
            driver.tell(slot, held[slot].block(), messageBytes);
            isSent[slot] = true;
        } catch (IOException e) {
            throw failure();
        }
    }

    @Override
    public int await(int slot, long nanoseconds) throws FileException, InterruptedException {
        try {
            int count = driver.await(slot, nanoseconds);
            isSent[slot] = count == VirtioFolder.NONE;
            return count == VirtioFolder.NONE ? NONE : count;
        } catch (IOException e) {
            isSent[slot] = false;
            isLost[slot] = BufferInUseException.isIn(e);
            throw failure();
        }
    }

    private FileException failure() {
        return new FileException(Errno.EIO, driver.name());
    }

    @Override
    public void done(int slot) {
        if (isSent[slot]) {
            letGo(slot);
        }
        TransferBuffer buffer = held[slot];
        held[slot] = null;
        if (isLost[slot]) {
            buffers.abandon(buffer);
        } else if (buffer != null) {
            buffers.giveBack(buffer);
        }
        isSent[slot] = false;
        isLost[slot] = false;
    }

    /** The device still had it when it was given up. */
    private void letGo(int slot) {
        try {
            driver.fail("a request is not waited for any more");
            await(slot, 0);
        } catch (FileException e) {
            // Why is known.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            isLost[slot] = true;
        } catch (RuntimeException | Error e) {
            isLost[slot] = true; // nobody knows whether the device leaves it alone
        }
    }

    @Override
    public boolean isAlive() {
        return driver.isAlive();
    }

    @Override
    public void fail(String why) {
        driver.fail(why);
    }
}

package dev.cortado.runtime.disk;

import dev.cortado.drivers.block.BlockDevice;
import dev.cortado.drivers.block.BlockTransfer;
import dev.cortado.drivers.block.BufferInUseException;
import dev.cortado.kernel.memory.DeviceBlock;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import jdk.internal.access.SharedSecrets;

/**
 * Has a device read from and write to the program's own direct buffers. Whoever calls keeps the
 * buffer's memory until he has his answer; if the device may still write to it then, that memory is
 * never freed.
 */
final class StraightTransfers {
    /**
     * What lies in smaller pieces than that, on an average, is copied: a piece takes a request of
     * its own, which costs more.
     */
    private static final int PIECE_BYTES = 64 << 10;

    private final BlockDevice device;
    private final ProgramFrames frames;

    StraightTransfers(BlockDevice device, ProgramFrames frames) {
        this.device = device;
        this.frames = frames;
    }

    /**
     * Reads all that a buffer has room for, or writes all that it has left.
     *
     * @return false if nothing was done: its bytes have to be copied
     * @throws IOException as the device's
     */
    boolean run(boolean isWrite, long position, ByteBuffer bytes) throws IOException {
        if (!bytes.isDirect() || !bytes.hasRemaining() || !device.takesAnyMemory()) {
            return false;
        }
        long address = SharedSecrets.getJavaNioAccess().getBufferAddress(bytes) + bytes.position();
        List<BlockTransfer> transfers = plan(isWrite, position, address, bytes.remaining());
        if (transfers.isEmpty()) {
            return false;
        }
        // After what no driver tells of, an Error, nobody knows what its device is about to do.
        boolean isUsable = false;
        try {
            if (transfers.size() == 1) {
                transfers.getFirst().run(device);
            } else {
                device.transfer(transfers);
            }
            Exception failure = Failures.of(transfers);
            isUsable = failure == null || !BufferInUseException.isIn(failure);
            Failures.throwIfAny(failure);
            bytes.position(bytes.limit());
            return true;
        } finally {
            if (!isUsable) {
                frames.keep(address, bytes.remaining());
            }
            Reference.reachabilityFence(bytes);
        }
    }

    /** None if the device cannot be given that memory. */
    private List<BlockTransfer> plan(boolean isWrite, long position, long address, int length) {
        List<BlockTransfer> transfers = new ArrayList<>(1);
        if ((address & device.blockBytes() - 1) != 0) {
            return List.of();
        }
        for (int done = 0; done < length; ) {
            DeviceBlock block = frames.find(address + done, length - done);
            if (block == null || transfers.size() > length / PIECE_BYTES) {
                return List.of();
            }
            long offset = address + done - block.address();
            int count = (int) Math.min(block.bytes() - offset, length - done);
            if ((count & device.blockBytes() - 1) != 0) {
                return List.of(); // blocks that are larger than a page
            }
            long at = position + done;
            transfers.add(
                    isWrite
                            ? BlockTransfer.write(at, block, offset, count)
                            : BlockTransfer.read(at, block, offset, count));
            done += count;
        }
        return transfers;
    }
}

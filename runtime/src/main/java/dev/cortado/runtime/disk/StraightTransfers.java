package dev.cortado.runtime.disk;

import dev.cortado.drivers.block.BlockDevice;
import dev.cortado.drivers.block.BlockTransfer;
import dev.cortado.kernel.memory.DeviceBlock;
import dev.cortado.kernel.memory.ProgramMemory;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
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

    /** What is given to the device at once of one call. */
    private static final int STEP_BYTES = 4 << 20;

    /**
     * What all calls together have under way: a slow disk, too, must answer the last of them in the
     * time that it has for one.
     */
    private static final int MOST_BYTES = 32 << 20;

    private static final int UNIT_BYTES = 4 << 10;

    private final BlockDevice device;
    private final ProgramFrames frames;

    /** In {@link #UNIT_BYTES}. */
    private final Semaphore room = new Semaphore(MOST_BYTES / UNIT_BYTES, true);

    StraightTransfers(BlockDevice device, ProgramFrames frames) {
        this.device = device;
        this.frames = frames;
    }

    /**
     * Reads into a buffer, or writes what it has left: as much as is done at once.
     *
     * @return false if nothing was done: its bytes have to be copied
     * @throws IOException as the device's
     */
    boolean run(boolean isWrite, long position, ByteBuffer bytes) throws IOException {
        if (!bytes.isDirect() || !bytes.hasRemaining() || !device.takesAnyMemory()) {
            return false;
        }
        int length = Math.min(bytes.remaining(), STEP_BYTES);
        long address = SharedSecrets.getJavaNioAccess().getBufferAddress(bytes) + bytes.position();
        List<BlockTransfer> transfers = plan(isWrite, position, address, length);
        if (transfers.isEmpty()) {
            return false;
        }
        int units = Math.ceilDiv(length, UNIT_BYTES);
        room.acquireUninterruptibly(units);
        try {
            run(transfers, new ProgramMemory.Part(address, length));
        } finally {
            room.release(units);
            Reference.reachabilityFence(bytes);
        }
        bytes.position(bytes.position() + length);
        return true;
    }

    private void run(List<BlockTransfer> transfers, ProgramMemory.Part memory) throws IOException {
        boolean isDone = false;
        try {
            if (transfers.size() == 1) {
                transfers.getFirst().run(device);
            } else {
                device.transfer(transfers);
            }
            isDone = true;
            for (BlockTransfer transfer : transfers) {
                isDone &= Failures.isDone(transfer.failure());
            }
        } finally {
            if (!isDone) {
                frames.keep(memory);
            }
        }
        Failures.throwIfAny(Failures.of(transfers));
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

package dev.cortado.drivers.xen.block;

import dev.cortado.drivers.block.BlockTransfer;
import dev.cortado.kernel.memory.DeviceBlock;

/**
 * What a request asks for.
 *
 * @param code one of those in {@link BlockMessages}
 * @param position on the disk, in bytes
 * @param buffer null if there is none
 * @param length of the buffer's part; of a discard, bytes to discard
 */
record BlockOperation(int code, long position, DeviceBlock buffer, long offset, long length) {
    /**
     * A part of a transfer.
     *
     * @param done bytes of it that are in other parts
     * @param most bytes of a request
     */
    static BlockOperation part(BlockTransfer whole, int done, int most) {
        return new BlockOperation(
                whole.isWrite() ? BlockMessages.WRITE : BlockMessages.READ,
                whole.position() + done,
                whole.buffer(),
                whole.offset() + done,
                Math.min(whole.length() - done, most));
    }
}

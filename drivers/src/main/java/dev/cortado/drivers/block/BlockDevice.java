package dev.cortado.drivers.block;

import dev.cortado.kernel.memory.BuddyAllocator;
import dev.cortado.kernel.memory.DeviceBlock;
import java.io.IOException;
import java.util.List;

/**
 * A device that keeps blocks of bytes. Positions and lengths are in bytes, multiples of {@link
 * #blockBytes}, inside {@link #bytes}; others are an {@link IllegalArgumentException}. Many threads
 * may use it at once; what overlaps is done in any order.
 *
 * <p>Who calls waits until the device is done with the buffer, and cannot be interrupted: the
 * device may write to it until then. A device that does not answer is reset, which ends all calls
 * with an error. One that does not even reset itself is kept from memory, where its bus can do
 * that; on a bus that cannot (virtio-mmio), the error says that it may still write to buffers:
 * those of calls that ended so are not to be used for anything else ({@link BufferInUseException}).
 */
public interface BlockDevice {
    /** Its name, for messages. */
    String name();

    /** A word by which its owner tells it from others; empty if he gave none. */
    default String serialNumber() throws IOException {
        return "";
    }

    /** How many bytes it keeps; this may change. */
    long bytes();

    /** Bytes of a block: a power of two, at least 512. */
    int blockBytes();

    /** Bytes that the device writes as a whole: a block, or a power of two of them. A hint. */
    default int physicalBytes() {
        return blockBytes();
    }

    /** All addresses of buffers, as the device sees them, are below. */
    default long addressLimit() {
        return BuddyAllocator.NO_LIMIT;
    }

    /**
     * Whether a buffer may be any whole blocks of memory that the device reaches, also of the
     * program's own, and not only a part of what was allocated for devices.
     */
    default boolean takesAnyMemory() {
        return false;
    }

    boolean isReadOnly();

    /** Whether it is a CD or the like, in a drive. */
    default boolean isDisc() {
        return false;
    }

    /** Whether {@link #discard} does something. */
    boolean canDiscard();

    /** Reads bytes into a part of a buffer. */
    void read(long position, DeviceBlock buffer, long offset, int length) throws IOException;

    /** Writes bytes of a part of a buffer. They are kept for good after {@link #flush}. */
    void write(long position, DeviceBlock buffer, long offset, int length) throws IOException;

    /**
     * Makes some transfers, in any order and as many of them at once as the device takes. Returns
     * when all have ended; each {@linkplain BlockTransfer#failure says} how.
     */
    default void transfer(List<BlockTransfer> transfers) {
        transfers.forEach(transfer -> transfer.run(this));
    }

    /** All that was written before this was called is kept for good. */
    void flush() throws IOException;

    /** Whether {@link #writeZeroes} can be called. */
    default boolean canWriteZeroes() {
        return false;
    }

    /**
     * Zeros are read there afterwards, as if they had been {@linkplain #write written}; a device
     * that keeps nothing for them may do so.
     *
     * @throws IOException it does not do that after all, too
     */
    default void writeZeroes(long position, long length) throws IOException {
        throw new UnsupportedOperationException(name());
    }

    /** The bytes are not needed any more: a hint, after which they may be anything. */
    void discard(long position, long length) throws IOException;
}

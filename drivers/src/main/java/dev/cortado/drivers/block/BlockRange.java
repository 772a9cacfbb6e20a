package dev.cortado.drivers.block;

/** The part of a {@link BlockDevice} that a request is about. */
public final class BlockRange {
    private BlockRange() {}

    /**
     * Checks a range before it is used.
     *
     * @throws IllegalArgumentException it is not one of whole blocks inside the device
     */
    public static void check(BlockDevice device, long position, long length) {
        long mask = device.blockBytes() - 1L;
        if (position < 0
                || length < 0
                || (position & mask) != 0
                || (length & mask) != 0
                || position > device.bytes() - length) {
            throw new IllegalArgumentException(
                    device.name()
                            + " has no "
                            + length
                            + " bytes at "
                            + position
                            + " of "
                            + device.bytes());
        }
    }
}

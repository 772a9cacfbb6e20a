package dev.cortado.kernel.memory;

/**
 * Memory that a device reads and writes: whole pages side by side. It has two addresses.
 *
 * @param address where the program finds it
 * @param device where the device finds it: on a PC, its physical address
 * @param bytes a multiple of {@link Frames#SIZE}
 */
public record DeviceBlock(long address, long device, long bytes) {
    /** Where the device finds what the program has at an offset, of which so many bytes exist. */
    public long deviceAddress(long offset, long length) {
        check(offset, length);
        return device + offset;
    }

    /** Where the program finds so many bytes at an offset. */
    public long address(long offset, long length) {
        check(offset, length);
        return address + offset;
    }

    private void check(long offset, long length) {
        if (offset < 0 || length < 0 || offset > bytes - length) {
            throw new IndexOutOfBoundsException(
                    length + " bytes at " + offset + " of a device's block of " + bytes);
        }
    }
}

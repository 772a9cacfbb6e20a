package dev.cortado.kernel.firmware;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.kernel.memory.PhysicalMemory;

/**
 * Reads little-endian numbers of any alignment from memory that the firmware has written. Callers
 * ask {@link #contains} before they follow an address.
 */
final class FirmwareMemory {
    static final String REASON = "Runs before the Java runtime.";

    private final PhysicalMemory memory;
    private final long limit;

    /**
     * @param limit physical addresses from here on cannot be read
     */
    FirmwareMemory(PhysicalMemory memory, long limit) {
        this.memory = memory;
        this.limit = limit;
    }

    /** A signature of up to 8 letters as the number that it reads as. Only while building. */
    static long signature(String text) {
        long value = 0;
        for (int i = text.length() - 1; i >= 0; i--) {
            value = value << 8 | text.charAt(i);
        }
        return value;
    }

    /** Whether {@code bytes} bytes from {@code address} on can be read. Address 0 means none. */
    @Uninterruptible(reason = REASON)
    boolean contains(long address, long bytes) {
        return address > 0 && bytes >= 0 && bytes <= limit && address <= limit - bytes;
    }

    /** So many bytes, which can be read. */
    byte[] copy(long address, int bytes) {
        byte[] copy = new byte[bytes];
        for (int i = 0; i < bytes; i++) {
            copy[i] = memory.readByte(address + i);
        }
        return copy;
    }

    @Uninterruptible(reason = REASON)
    int readByte(long address) {
        return memory.readByte(address) & 0xff;
    }

    @Uninterruptible(reason = REASON)
    int readShort(long address) {
        return readByte(address) | readByte(address + 1) << 8;
    }

    /** 4 bytes, unsigned. */
    @Uninterruptible(reason = REASON)
    long readInt(long address) {
        return readShort(address) | (long) readShort(address + 2) << 16;
    }

    @Uninterruptible(reason = REASON)
    long readLong(long address) {
        return readInt(address) | readInt(address + 4) << 32;
    }

    /** The checksum of all firmware tables: their bytes add up to a multiple of 256. */
    @Uninterruptible(reason = REASON)
    boolean isSumZero(long address, long bytes) {
        int sum = 0;
        for (long i = 0; i < bytes; i++) {
            sum += readByte(address + i);
        }
        return (sum & 0xff) == 0;
    }
}

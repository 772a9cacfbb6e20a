package dev.cortado.runtime.jdk;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import java.nio.ByteBuffer;

/** Extended attributes of open files, as {@code sun.nio.fs} asks for them (xattr(7)). */
final class ExtendedAttributes {
    private ExtendedAttributes() {}

    /**
     * Copies a value to an address.
     *
     * @param length how much room there is; 0 asks only how long the value is
     */
    static int get(int number, byte[] name, long address, int length) throws Exception {
        return FileErrors.unixResult(
                () -> copy(OpenFiles.file(number).extendedAttribute(name), address, length));
    }

    /** Sets a value, or removes it if it is null. */
    static void set(int number, byte[] name, byte[] value) throws Exception {
        FileErrors.unix(() -> OpenFiles.file(number).setExtendedAttribute(name, value));
    }

    /** Copies all names to an address, a zero behind each; otherwise as {@link #get}. */
    static int list(int number, long address, int length) throws Exception {
        return FileErrors.unixResult(
                () -> copy(joined(OpenFiles.file(number).extendedAttributes()), address, length));
    }

    private static byte[] joined(byte[][] names) {
        int length = 0;
        for (byte[] name : names) {
            length += name.length + 1;
        }
        ByteBuffer joined = ByteBuffer.allocate(length);
        for (byte[] name : names) {
            joined.put(name).put((byte) 0);
        }
        return joined.array();
    }

    private static int copy(byte[] value, long address, int room) throws FileException {
        if (room != 0) {
            if (value.length > room) {
                throw new FileException(Errno.ERANGE);
            }
            NativeBytes.write(value, value.length, address);
        }
        return value.length;
    }
}

package dev.cortado.runtime.file;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The name of an entry of a directory: 1 to {@value #MAXIMUM_BYTES} bytes without a slash and
 * without zero (POSIX, 3.141 Filename). Bytes, not characters: a file system keeps what it was
 * given, whatever encoding that is in. {@code .} and {@code ..} are no names of entries.
 */
public final class FileName implements Comparable<FileName> {
    /** NAME_MAX (Linux, linux/limits.h). */
    public static final int MAXIMUM_BYTES = 255;

    private final byte[] bytes;
    private final int hash;

    private FileName(byte[] bytes) {
        this.bytes = bytes;
        this.hash = Arrays.hashCode(bytes);
    }

    /**
     * The name in some bytes of a path.
     *
     * @throws FileException ENAMETOOLONG; EINVAL if it is no name
     */
    public static FileName of(byte[] path, int offset, int length) throws FileException {
        if (length > MAXIMUM_BYTES) {
            throw new FileException(Errno.ENAMETOOLONG);
        }
        if (!isName(path, offset, length)) {
            throw new FileException(Errno.EINVAL);
        }
        return new FileName(Arrays.copyOfRange(path, offset, offset + length));
    }

    /** As above, of text in UTF-8. */
    public static FileName of(String text) throws FileException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return of(bytes, 0, bytes.length);
    }

    private static boolean isName(byte[] path, int offset, int length) {
        for (int i = 0; i < length; i++) {
            if (path[offset + i] == '/' || path[offset + i] == 0) {
                return false;
            }
        }
        boolean isDots =
                length <= 2
                        && length > 0
                        && path[offset] == '.'
                        && path[offset + length - 1] == '.';
        return length > 0 && !isDots;
    }

    public int length() {
        return bytes.length;
    }

    /** A copy. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** In the order of unsigned bytes. */
    @Override
    public int compareTo(FileName other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FileName name
                && name.hash == hash
                && Arrays.equals(name.bytes, bytes);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    /** For people to read: what is not UTF-8 shows as U+FFFD. */
    @Override
    public String toString() {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}

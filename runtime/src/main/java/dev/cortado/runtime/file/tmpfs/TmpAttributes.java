package dev.cortado.runtime.file.tmpfs;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.FileKind;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A file's extended attributes (xattr(7)), of which there are only users' own. They take pages, as
 * contents do. With the file's lock held.
 */
final class TmpAttributes {
    /** XATTR_NAME_MAX and XATTR_SIZE_MAX (Linux, linux/limits.h). */
    private static final int MAXIMUM_NAME_BYTES = 255;

    private static final int MAXIMUM_VALUE_BYTES = 65536;

    private static final byte[] USER = "user.".getBytes(StandardCharsets.US_ASCII);

    private final Quota pages;
    private final Map<ByteBuffer, byte[]> values = new LinkedHashMap<>();
    private long bytes;

    /**
     * @param pages from which it takes
     */
    TmpAttributes(Quota pages) {
        this.pages = pages;
    }

    /**
     * @throws FileException EOPNOTSUPP for a name that nothing is kept of; ERANGE, EINVAL; for what
     *     cannot have any, ENODATA
     */
    static void checkToGet(FileKind kind, byte[] name) throws FileException {
        checkName(name);
        require(hasThem(kind), Errno.ENODATA);
    }

    /**
     * As above, but EPERM.
     *
     * @param value null to remove it
     * @throws FileException E2BIG if it is too long, too
     */
    static void checkToSet(FileKind kind, byte[] name, byte[] value) throws FileException {
        checkName(name);
        require(hasThem(kind), Errno.EPERM);
        require(value == null || value.length <= MAXIMUM_VALUE_BYTES, Errno.E2BIG);
    }

    private static void checkName(byte[] name) throws FileException {
        require(name.length > 0 && name.length <= MAXIMUM_NAME_BYTES, Errno.ERANGE);
        boolean isOfUser =
                name.length >= USER.length
                        && Arrays.equals(name, 0, USER.length, USER, 0, USER.length);
        require(isOfUser, Errno.EOPNOTSUPP);
        require(name.length > USER.length, Errno.EINVAL);
    }

    private static boolean hasThem(FileKind kind) {
        return kind == FileKind.REGULAR || kind == FileKind.DIRECTORY;
    }

    private static void require(boolean condition, Errno otherwise) throws FileException {
        if (!condition) {
            throw new FileException(otherwise);
        }
    }

    byte[] get(byte[] name) throws FileException {
        byte[] value = values.get(ByteBuffer.wrap(name));
        require(value != null, Errno.ENODATA);
        return value.clone();
    }

    byte[][] names() {
        return values.keySet().stream().map(name -> name.array().clone()).toArray(byte[][]::new);
    }

    void set(byte[] name, byte[] value) throws FileException {
        ByteBuffer key = ByteBuffer.wrap(name.clone());
        byte[] old = values.get(key);
        require(old != null || value != null, Errno.ENODATA);
        resize(bytes - bytes(name, old) + bytes(name, value));
        if (value == null) {
            values.remove(key);
        } else {
            values.put(key, value.clone());
        }
    }

    private static long bytes(byte[] name, byte[] value) {
        return value == null ? 0 : name.length + value.length;
    }

    private void resize(long newBytes) throws FileException {
        long more = pages(newBytes) - pages(bytes);
        if (more > 0) {
            pages.take(more);
        } else {
            pages.giveBack(-more);
        }
        bytes = newBytes;
    }

    private static long pages(long bytes) {
        return Math.ceilDiv(bytes, TmpFileSystem.PAGE_BYTES);
    }

    /** Gives its pages back. */
    void clear() {
        pages.giveBack(pages(bytes));
        bytes = 0;
        values.clear();
    }
}

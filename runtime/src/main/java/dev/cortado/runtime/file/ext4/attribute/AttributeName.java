package dev.cortado.runtime.file.ext4.attribute;

import dev.cortado.runtime.file.Errno;
import dev.cortado.runtime.file.FileException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** An attribute's name as the disk has it: a number for its prefix, and the rest. */
public final class AttributeName implements Comparable<AttributeName> {
    /** Of the whole name, prefix and all (Linux, XATTR_NAME_MAX). */
    private static final int MAXIMUM_BYTES = 255;

    private static final int SYSTEM = 7;

    /** Where inline data goes on that has no room in the inode's map. */
    static final AttributeName INLINE_DATA =
            new AttributeName(SYSTEM, "data".getBytes(StandardCharsets.US_ASCII));

    /** Who may do what with a file. */
    public static final AttributeName ACCESS_CONTROL_LIST =
            new AttributeName(Prefix.ACCESS_CONTROL_LIST.index, new byte[0]);

    /** What is handed down to new files. */
    public static final AttributeName DEFAULT_ACCESS_CONTROL_LIST =
            new AttributeName(Prefix.DEFAULT_ACCESS_CONTROL_LIST.index, new byte[0]);

    /** What users may have, by the number that stands for it. */
    private enum Prefix {
        USER(1, "user."),
        ACCESS_CONTROL_LIST(2, "system.posix_acl_access"),
        DEFAULT_ACCESS_CONTROL_LIST(3, "system.posix_acl_default"),
        TRUSTED(4, "trusted."),
        SECURITY(6, "security.");

        private final int index;
        private final byte[] text;

        Prefix(int index, String text) {
            this.index = index;
            this.text = text.getBytes(StandardCharsets.US_ASCII);
        }

        /** Whether it is all of the name. */
        private boolean isWhole() {
            return text[text.length - 1] != '.';
        }

        private boolean begins(byte[] name) {
            return name.length >= text.length
                    && Arrays.equals(name, 0, text.length, text, 0, text.length);
        }
    }

    private final int index;
    private final byte[] suffix;

    /**
     * @param suffix not copied
     */
    AttributeName(int index, byte[] suffix) {
        this.index = index;
        this.suffix = suffix;
    }

    /**
     * @param name with its prefix
     * @throws FileException EOPNOTSUPP for a prefix that nothing is kept of; EINVAL if nothing
     *     follows it; ERANGE if it is too long
     */
    public static AttributeName of(byte[] name) throws FileException {
        if (name.length == 0 || name.length > MAXIMUM_BYTES) {
            throw new FileException(Errno.ERANGE);
        }
        for (Prefix prefix : Prefix.values()) {
            if (prefix.begins(name) && (!prefix.isWhole() || name.length == prefix.text.length)) {
                byte[] suffix = Arrays.copyOfRange(name, prefix.text.length, name.length);
                if (suffix.length == 0 && !prefix.isWhole()) {
                    throw new FileException(Errno.EINVAL);
                }
                return new AttributeName(prefix.index, suffix);
            }
        }
        throw new FileException(Errno.EOPNOTSUPP);
    }

    /** The name with its prefix; null for what users do not see. */
    public byte[] text() {
        for (Prefix prefix : Prefix.values()) {
            if (prefix.index == index && prefix.isWhole() == (suffix.length == 0)) {
                byte[] text = Arrays.copyOf(prefix.text, prefix.text.length + suffix.length);
                System.arraycopy(suffix, 0, text, prefix.text.length, suffix.length);
                return text;
            }
        }
        return null;
    }

    /** Only regular files and directories have them (xattr(7)). */
    public boolean isForUsers() {
        return index == Prefix.USER.index;
    }

    public boolean isAccessControlList() {
        return index == Prefix.ACCESS_CONTROL_LIST.index;
    }

    /** Only directories have them. */
    public boolean isDefaultAccessControlList() {
        return index == Prefix.DEFAULT_ACCESS_CONTROL_LIST.index;
    }

    int index() {
        return index;
    }

    /** Not a copy. */
    byte[] suffix() {
        return suffix;
    }

    /** In the order in which a block has them. */
    @Override
    public int compareTo(AttributeName other) {
        int order = Integer.compare(index, other.index);
        if (order == 0) {
            order = Integer.compare(suffix.length, other.suffix.length);
        }
        return order == 0 ? Arrays.compareUnsigned(suffix, other.suffix) : order;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AttributeName name && compareTo(name) == 0;
    }

    @Override
    public int hashCode() {
        return 31 * index + Arrays.hashCode(suffix);
    }
}

package dev.cortado.runtime.file.iso9660;

import dev.cortado.runtime.file.FileException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Puts a symbolic link's target together out of its fields (IEEE P1282, RRIP 4.1.3, SL). */
final class LinkTarget {
    /** Of a field: header and flags. */
    static final int LEAST_BYTES = SystemUse.HEADER_BYTES + 1;

    /** PATH_MAX (Linux, linux/limits.h). */
    private static final int MOST_BYTES = 4095;

    private static final int COMPONENT_HEADER = 2;

    private static final int CONTINUED = 0x01;
    private static final int CURRENT = 0x02;
    private static final int PARENT = 0x04;
    private static final int ROOT = 0x08;

    private static final byte[] DOT = ".".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] DOTS = "..".getBytes(StandardCharsets.US_ASCII);

    private final ByteArrayOutputStream path = new ByteArrayOutputStream();
    private boolean isThere;
    private boolean needsSlash;

    /** Adds a field's components. */
    void add(SystemUse fields, ByteBuffer field) throws FileException {
        isThere = true;
        int at = LEAST_BYTES;
        while (at < field.capacity()) {
            int left = field.capacity() - at - COMPONENT_HEADER;
            int length = left < 0 ? 0 : Byte.toUnsignedInt(field.get(at + 1));
            if (length > left) {
                throw fields.damaged("a symbolic link, of whose part there are " + left + " bytes");
            }
            byte[] text = new byte[length];
            field.get(at + COMPONENT_HEADER, text);
            addComponent(fields, field.get(at), text);
            at += COMPONENT_HEADER + length;
        }
    }

    private void addComponent(SystemUse fields, int flags, byte[] text) throws FileException {
        if ((flags & ~(CONTINUED | CURRENT | PARENT | ROOT)) != 0) {
            throw fields.damaged("a symbolic link with flags " + flags);
        }
        if ((flags & ROOT) != 0) {
            path.write('/');
            needsSlash = false;
            return;
        }
        if (needsSlash) {
            path.write('/');
        }
        path.writeBytes((flags & PARENT) != 0 ? DOTS : (flags & CURRENT) != 0 ? DOT : text);
        needsSlash = (flags & CONTINUED) == 0;
        if (path.size() > MOST_BYTES) {
            throw fields.damaged("a symbolic link of more than " + MOST_BYTES + " bytes");
        }
    }

    /** Null if there was no field. */
    byte[] bytes() {
        return isThere ? path.toByteArray() : null;
    }
}

package dev.cortado.image.elf;

import dev.cortado.image.UserError;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The bytes of one ELF file, read with every offset and length checked against the file's size.
 *
 * <p>Offsets and sizes are bytes from the file's start and may be anything a damaged file holds,
 * negative ones (unsigned 64-bit values past 2^63) included. Each error is a {@link UserError} that
 * names the file and what could not be read.
 */
public final class ElfBytes {
    private final String file;
    private final ByteBuffer bytes;

    /** Reads {@code bytes} from index 0 to its limit; {@code file} is the name errors mention. */
    public ElfBytes(String file, ByteBuffer bytes) {
        this.file = file;
        this.bytes = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    }

    public String file() {
        return file;
    }

    public int size() {
        return bytes.limit();
    }

    public int unsignedByte(long offset, String what) {
        return bytes.get(check(offset, 1, what)) & 0xff;
    }

    public int unsignedShort(long offset, String what) {
        return bytes.getShort(check(offset, 2, what)) & 0xffff;
    }

    public int int32(long offset, String what) {
        return bytes.getInt(check(offset, 4, what));
    }

    public long unsignedInt(long offset, String what) {
        return int32(offset, what) & 0xffff_ffffL;
    }

    public long int64(long offset, String what) {
        return bytes.getLong(check(offset, 8, what));
    }

    /** A view, not a copy, of {@code size} bytes. */
    public ByteBuffer slice(long offset, long size, String what) {
        int start = check(offset, size, what);
        return bytes.slice(start, (int) size).order(ByteOrder.LITTLE_ENDIAN);
    }

    public byte[] copy(long offset, long size, String what) {
        ByteBuffer slice = slice(offset, size, what);
        byte[] copy = new byte[slice.remaining()];
        slice.get(copy);
        return copy;
    }

    /**
     * The NUL-terminated string at {@code index} of {@code table}, which stays inside the table.
     */
    public String string(ByteBuffer table, long index, String what) {
        if (index < 0 || index >= table.limit()) {
            throw damaged(
                    "%s has its name at %d of a string table of %d bytes",
                    what, index, table.limit());
        }
        int start = (int) index;
        int end = start;
        while (end < table.limit() && table.get(end) != 0) {
            end++;
        }
        if (end == table.limit()) {
            throw damaged("the name of %s does not end inside its string table", what);
        }
        byte[] name = new byte[end - start];
        table.get(start, name);
        return new String(name, StandardCharsets.UTF_8);
    }

    /** An error about this file, to be thrown by the caller. */
    public UserError damaged(String format, Object... arguments) {
        return new UserError(
                file + " is damaged: " + String.format(format, arguments) + "; build it again");
    }

    /**
     * An error about something in this file that images cannot have, to be thrown by the caller.
     */
    UserError unusable(String format, Object... arguments) {
        return new UserError(file + " cannot be linked: " + String.format(format, arguments));
    }

    private int check(long offset, long size, String what) {
        if (offset < 0 || size < 0 || offset > bytes.limit() || size > bytes.limit() - offset) {
            throw damaged(
                    "%s (%s bytes at offset %s) reaches past the end of the file (%d bytes)",
                    what,
                    Long.toUnsignedString(size),
                    Long.toUnsignedString(offset),
                    bytes.limit());
        }
        return (int) offset;
    }
}

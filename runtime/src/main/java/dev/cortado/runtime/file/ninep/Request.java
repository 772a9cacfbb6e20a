package dev.cortado.runtime.file.ninep;

import dev.cortado.runtime.file.FileName;
import dev.cortado.runtime.file.folder.Handle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A message to a server, written field by field (9P2000, intro(5): numbers are little-endian). */
final class Request {
    /** Of all messages: their size, type and tag. */
    static final int HEADER_BYTES = 7;

    /**
     * Of messages with data, in front of it. There are 23 at most, but so many are what servers
     * leave room for (9P2000, P9_IOHDRSZ of 9p.h): they refuse data that is larger by one byte.
     */
    static final int DATA_HEADER_BYTES = 24;

    /** As many names as a message walks through (walk(5), MAXWELEM). */
    static final int MOST_NAMES = 16;

    /** Of a target of a symbolic link (Linux, PATH_MAX). */
    static final int MOST_TARGET_BYTES = 4096;

    /** All but those that write have room in so many bytes, and so have the replies to those. */
    static final int MOST_BYTES = 8192;

    private final ByteBuffer bytes;

    /**
     * @param memory where it is put, from the beginning on
     */
    Request(ByteBuffer memory, int type, int tag) {
        bytes = memory.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        bytes.clear();
        bytes.putInt(0).put((byte) type).putShort((short) tag);
    }

    Request number16(int value) {
        bytes.putShort((short) value);
        return this;
    }

    Request number32(int value) {
        bytes.putInt(value);
        return this;
    }

    Request fid(Handle fid) {
        return number32((int) fid.number());
    }

    Request number64(long value) {
        bytes.putLong(value);
        return this;
    }

    /** At most {@link #MOST_TARGET_BYTES}. */
    Request text(byte[] text) {
        bytes.putShort((short) text.length).put(text);
        return this;
    }

    Request name(FileName name) {
        return text(name.bytes());
    }

    /** The next bytes of a buffer, with their number in front; the buffer stays as it is. */
    Request data(ByteBuffer from, int count) {
        bytes.putInt(count);
        bytes.put(bytes.position(), from, from.position(), count);
        bytes.position(bytes.position() + count);
        return this;
    }

    /** Ends it, and says how many bytes it has. */
    int finish() {
        bytes.putInt(0, bytes.position());
        return bytes.position();
    }
}

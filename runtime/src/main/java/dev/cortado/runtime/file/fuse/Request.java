package dev.cortado.runtime.file.fuse;

import dev.cortado.runtime.file.FileName;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A message to a server, written field by field (fuse.h; a virtio device's is little-endian). */
final class Request {
    /** Of fuse_in_header. */
    static final int HEADER_BYTES = 40;

    /** All but data have room in so many bytes, and so have the replies to those. */
    static final int MOST_BYTES = 8192;

    private final ByteBuffer bytes;

    /**
     * @param memory where it is put, from the beginning on
     * @param unique by which its reply is known
     * @param node that it is about
     */
    Request(ByteBuffer memory, int opcode, long unique, long node) {
        bytes = memory.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        bytes.clear();
        bytes.putInt(0).putInt(opcode).putLong(unique).putLong(node);
        bytes.putInt(0).putInt(0).putInt(0).putInt(0); // user, group and process; no extensions
    }

    Request number32(int value) {
        bytes.putInt(value);
        return this;
    }

    Request number64(long value) {
        bytes.putLong(value);
        return this;
    }

    /** With a zero behind it, which it has not itself. */
    Request text(byte[] text) {
        bytes.put(text).put((byte) 0);
        return this;
    }

    Request name(FileName name) {
        return text(name.bytes());
    }

    Request bytes(byte[] data) {
        bytes.put(data);
        return this;
    }

    /** The next bytes of a buffer, which stays as it is. */
    Request data(ByteBuffer from, int count) {
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

package dev.cortado.system.servers.site;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/** What is said of a body that is not sent back: its length and its checksum. */
public final class Sum {
    private final CRC32 checksum = new CRC32();
    private long length;

    /** Of all that comes. */
    public static Sum of(InputStream in) throws IOException {
        Sum sum = new Sum();
        byte[] bytes = new byte[16384];
        for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
            sum.add(ByteBuffer.wrap(bytes, 0, count));
        }
        return sum;
    }

    /** Takes what remains in the buffer. */
    public void add(ByteBuffer bytes) {
        length += bytes.remaining();
        checksum.update(bytes);
    }

    @Override
    public String toString() {
        return length + " bytes, " + Long.toHexString(checksum.getValue());
    }
}

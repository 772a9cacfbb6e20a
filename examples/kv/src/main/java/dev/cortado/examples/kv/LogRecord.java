package dev.cortado.examples.kv;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * A record of the log: a checksum of all that follows, the key's length, the value's length or -1
 * if the key was deleted, the key in UTF-8, the value. Numbers have four bytes, the highest first.
 *
 * @param value null if the key was deleted
 */
record LogRecord(String key, byte[] value) {
    static final int HEADER_BYTES = 12;

    static final int MOST_KEY_BYTES = 1024;
    static final int MOST_VALUE_BYTES = 16 << 20;

    private static final int DELETED = -1;

    ByteBuffer toBytes() {
        byte[] name = key.getBytes(StandardCharsets.UTF_8);
        int valueBytes = value == null ? 0 : value.length;
        ByteBuffer bytes = ByteBuffer.allocate(HEADER_BYTES + name.length + valueBytes);
        bytes.putInt(0).putInt(name.length).putInt(value == null ? DELETED : valueBytes);
        bytes.put(name);
        if (value != null) {
            bytes.put(value);
        }
        bytes.putInt(0, checksum(bytes));
        return bytes.flip();
    }

    /** How long a record is whose header this is; -1 if it is no header. */
    static int length(ByteBuffer header) {
        int keyBytes = header.getInt(4);
        int valueBytes = header.getInt(8);
        boolean isHeader =
                keyBytes > 0
                        && keyBytes <= MOST_KEY_BYTES
                        && valueBytes >= DELETED
                        && valueBytes <= MOST_VALUE_BYTES;
        return isHeader ? HEADER_BYTES + keyBytes + Math.max(valueBytes, 0) : -1;
    }

    /** The record in as many bytes as its header says; null if its checksum is wrong. */
    static LogRecord of(ByteBuffer bytes) {
        if (bytes.getInt(0) != checksum(bytes)) {
            return null;
        }
        byte[] name = new byte[bytes.getInt(4)];
        bytes.get(HEADER_BYTES, name);
        byte[] value = null;
        if (bytes.getInt(8) != DELETED) {
            value = new byte[bytes.getInt(8)];
            bytes.get(HEADER_BYTES + name.length, value);
        }
        return new LogRecord(new String(name, StandardCharsets.UTF_8), value);
    }

    private static int checksum(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes.array(), Integer.BYTES, bytes.capacity() - Integer.BYTES);
        return (int) crc.getValue();
    }
}

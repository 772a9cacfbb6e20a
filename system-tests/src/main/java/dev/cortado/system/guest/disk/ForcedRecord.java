package dev.cortado.system.guest.disk;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;

/**
 * Bytes that follow from a writer's and their own number: that number, how many there are, those
 * themselves, and the CRC-32 of all before it. Integers have four bytes, the highest first.
 */
final class ForcedRecord {
    private static final int HEADER_BYTES = 2 * Integer.BYTES;
    private static final int EXTRA_BYTES = HEADER_BYTES + Integer.BYTES;
    private static final int MOST_BYTES = 6000;

    private ForcedRecord() {}

    static byte[] of(int writer, int number) {
        Random random = new Random(writer * 1_000_003L + number);
        byte[] contents = new byte[random.nextInt(MOST_BYTES)];
        random.nextBytes(contents);
        ByteBuffer bytes = ByteBuffer.allocate(contents.length + EXTRA_BYTES);
        bytes.putInt(number).putInt(contents.length).put(contents);
        return bytes.putInt(crc(bytes.array(), 0, bytes.position())).array();
    }

    private static int crc(byte[] bytes, int offset, int length) {
        CRC32 crc = new CRC32();
        crc.update(bytes, offset, length);
        return (int) crc.getValue();
    }

    /**
     * How long the record is that begins at an offset: -1 if there is no whole one.
     *
     * @throws AssertionError its checksum is right, and its contents are not
     */
    static int length(int writer, int number, byte[] bytes, int offset) {
        int rest = bytes.length - offset;
        if (rest < EXTRA_BYTES) {
            return -1;
        }
        ByteBuffer record = ByteBuffer.wrap(bytes);
        int contents = record.getInt(offset + Integer.BYTES);
        if (contents < 0 || contents > rest - EXTRA_BYTES) {
            return -1;
        }
        int length = contents + EXTRA_BYTES;
        int end = offset + length - Integer.BYTES;
        if (record.getInt(end) != crc(bytes, offset, length - Integer.BYTES)) {
            return -1;
        }
        if (!Arrays.equals(bytes, offset, offset + length, of(writer, number), 0, length)) {
            throw new AssertionError("record " + number + " of " + writer + " is another one");
        }
        return length;
    }
}

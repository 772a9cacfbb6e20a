package dev.cortado.runtime.file.iso9660;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.storage.partition.ByteStorage;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** A volume made by hand out of what the standards say: descriptors, and a root at a block. */
final class IsoBytes {
    static final int ROOT = 40;
    static final int DIRECTORY = 2;
    static final int ASSOCIATED = 4;
    static final int CONTINUED = 0x80;

    private static final int BYTES = 128 << 10;

    final byte[] bytes = new byte[BYTES];
    private final ByteBuffer numbers = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    private final int blockBytes;
    private int next;

    /** With an empty root, whose record of itself has a system use area. */
    IsoBytes(int blockBytes, byte[] use) {
        this.blockBytes = blockBytes;
        numbers.put(0x8000, new byte[] {1, 'C', 'D', '0', '0', '1', 1});
        numbers.putInt(0x8000 + 80, BYTES / blockBytes);
        numbers.putShort(0x8000 + 128, (short) blockBytes);
        numbers.put(0x8000 + 156, record(new byte[] {0}, ROOT, 2048, DIRECTORY, new byte[0]));
        numbers.put(0x8800, new byte[] {(byte) 255, 'C', 'D', '0', '0', '1', 1});
        enter(ROOT, use);
    }

    /** With Rock Ridge. */
    IsoBytes() {
        this(2048, field("SP", 0xbe, 0xef, 0));
    }

    /** With Joliet, whose root is the same. */
    static IsoBytes joliet() {
        IsoBytes volume = new IsoBytes(2048, new byte[0]);
        System.arraycopy(volume.bytes, 0x8800, volume.bytes, 0x9000, 2048);
        System.arraycopy(volume.bytes, 0x8000, volume.bytes, 0x8800, 2048);
        volume.numbers.put(0x8800, (byte) 2).put(0x8800 + 88, new byte[] {'%', '/', 'E'});
        return volume;
    }

    /** A directory at a block, to which the next files are added. */
    void enter(int block, byte[] use) {
        next = block * blockBytes;
        put(record(new byte[] {0}, block, 2048, DIRECTORY, use));
        put(record(new byte[] {1}, ROOT, 2048, DIRECTORY, new byte[0]));
    }

    void add(String name, int block, int length, int flags, byte[]... use) {
        byte[] bytesOfName = name.getBytes(StandardCharsets.US_ASCII);
        put(record(bytesOfName, block, length, flags, join(use)));
    }

    /** A file with a name of Joliet's. */
    void addWide(String name, int block, int length) {
        put(record(name.getBytes(StandardCharsets.UTF_16BE), block, length, 0, new byte[0]));
    }

    private void put(byte[] record) {
        numbers.put(next, record);
        next += record.length;
    }

    /** Where the next record is going to begin. */
    int next() {
        return next;
    }

    private static byte[] record(byte[] name, int block, int length, int flags, byte[] use) {
        int nameEnd = 33 + name.length + (name.length + 1) % 2;
        ByteBuffer record = ByteBuffer.allocate(nameEnd + use.length);
        record.order(ByteOrder.LITTLE_ENDIAN);
        record.put(0, (byte) record.capacity()).putInt(2, block).putInt(10, length);
        // 2024-02-29 23:59:58, an hour east.
        record.put(18, new byte[] {124, 2, 29, 23, 59, 58, 4});
        record.put(25, (byte) flags).put(32, (byte) name.length).put(33, name);
        record.put(nameEnd, use);
        return record.array();
    }

    /** A field of a system use area. */
    static byte[] field(String signature, int... data) {
        byte[] field = new byte[4 + data.length];
        field[0] = (byte) signature.charAt(0);
        field[1] = (byte) signature.charAt(1);
        field[2] = (byte) field.length;
        field[3] = 1;
        for (int i = 0; i < data.length; i++) {
            field[4 + i] = (byte) data[i];
        }
        return field;
    }

    /** One whose data are numbers in both orders of bytes. */
    static byte[] both(String signature, int... numbers) {
        ByteBuffer field = ByteBuffer.wrap(field(signature, new int[numbers.length * 8]));
        for (int i = 0; i < numbers.length; i++) {
            field.putInt(4 + 8 * i, Integer.reverseBytes(numbers[i])).putInt(8 + 8 * i, numbers[i]);
        }
        return field.array();
    }

    /** An alternate name. */
    static byte[] name(String name) {
        byte[] field = field("NM", new int[1 + name.length()]);
        System.arraycopy(name.getBytes(StandardCharsets.US_ASCII), 0, field, 5, name.length());
        return field;
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    IsoFileSystem mount() throws FileException {
        return IsoFileSystem.mount(new ByteStorage("vda", bytes, 512), 0);
    }
}

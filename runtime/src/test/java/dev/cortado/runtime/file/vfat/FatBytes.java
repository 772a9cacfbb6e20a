package dev.cortado.runtime.file.vfat;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.storage.partition.ByteStorage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;

/** A FAT12 made by hand: a sector each for boot, table and root, and 100 clusters of a sector. */
final class FatBytes {
    static final int TABLE = 512;
    static final int ROOT = 1024;
    static final int DATA = 1536;
    static final int CLUSTERS = 100;
    static final int END = 0xfff;

    /** What short names are written in. */
    static final Charset CODE_PAGE = Charset.forName("IBM437");

    final byte[] bytes = new byte[DATA + CLUSTERS * 512];
    final ByteBuffer numbers = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    private int next = ROOT;

    FatBytes() {
        numbers.putShort(11, (short) 512).put(13, (byte) 1).putShort(14, (short) 1);
        numbers.put(16, (byte) 1).putShort(17, (short) 16).putShort(19, (short) (3 + CLUSTERS));
        numbers.putShort(22, (short) 1);
    }

    /** Says what comes behind a cluster. */
    void link(int cluster, int behind) {
        int at = TABLE + cluster * 3 / 2;
        int old = Short.toUnsignedInt(numbers.getShort(at));
        int value = cluster % 2 == 0 ? old & 0xf000 | behind : old & 0xf | behind << 4;
        numbers.putShort(at, (short) value);
    }

    /** Clusters one behind the other. */
    void chain(int... clusters) {
        for (int i = 0; i < clusters.length; i++) {
            link(clusters[i], i + 1 < clusters.length ? clusters[i + 1] : END);
        }
    }

    /** Adds to the directory that begins at a cluster from now on. */
    void enter(int cluster) {
        next = DATA + (cluster - 2) * 512;
    }

    int next() {
        return next;
    }

    /**
     * Adds a file.
     *
     * @param name eight and three bytes
     */
    void add(String name, int attributes, int cluster, int size) {
        numbers.put(next, name.getBytes(CODE_PAGE)).put(next + 11, (byte) attributes);
        numbers.putShort(next + 26, (short) cluster).putInt(next + 28, size);
        next += 32;
    }

    /** Adds a part of a long name, with thirteen letters. */
    void addPart(int number, int checksum, String letters) {
        numbers.put(next, (byte) number).put(next + 11, (byte) 0x0f);
        numbers.put(next + 13, (byte) checksum);
        for (int i = 0; i < 13; i++) {
            int at = next + (i < 5 ? 1 + 2 * i : i < 11 ? 4 + 2 * i : 6 + 2 * i);
            numbers.putChar(
                    at,
                    i < letters.length()
                            ? letters.charAt(i)
                            : i == letters.length() ? 0 : '\uffff');
        }
        next += 32;
    }

    /** As the specification has it in C: rotated to the right, and the next one added. */
    static int checksum(String name) {
        int sum = 0;
        for (byte letter : name.getBytes(CODE_PAGE)) {
            sum = ((sum & 1) != 0 ? 0x80 : 0) + (sum >> 1) + letter & 0xff;
        }
        return sum;
    }

    VfatFileSystem mount() throws FileException {
        return VfatFileSystem.mount(new ByteStorage("vda", bytes, 512), 0);
    }
}

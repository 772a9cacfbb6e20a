package dev.cortado.drivers.ata;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** What a disk is and keeps, as ACS-3 has it: its identity, and the bytes of its blocks. */
public final class AtaDiskModel {
    public final byte[] bytes;
    public int blockBytes = 512;
    public boolean isLong = true;
    public boolean queues = true;
    public boolean trims = true;
    public boolean flushes = true;

    public AtaDiskModel(int bytes) {
        this.bytes = new byte[bytes];
    }

    /** The data of IDENTIFY DEVICE (7.12.7). */
    public byte[] identity() {
        ByteBuffer data = ByteBuffer.allocate(512).order(ByteOrder.LITTLE_ENDIAN);
        byte[] serial = "QM00005             ".getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < serial.length; i++) {
            data.put(20 + (i ^ 1), serial[i]);
        }
        int blocks = bytes.length / blockBytes;
        word(data, 49, 1 << 8 | 1 << 9);
        data.putInt(120, blocks);
        word(data, 75, queues ? 31 : 0);
        word(data, 76, queues ? 1 << 8 : 0);
        int sets = 1 << 14 | (flushes ? 1 << 12 : 0);
        word(data, 83, isLong ? sets | 1 << 10 | (flushes ? 1 << 13 : 0) : sets);
        if (isLong) {
            data.putLong(200, blocks);
        }
        word(data, 106, 1 << 14 | (blockBytes > 512 ? 1 << 12 : 0));
        data.putInt(234, blockBytes / 2);
        word(data, 169, trims ? 1 : 0);
        data.put(510, (byte) 0xa5);
        int sum = 0;
        for (int i = 0; i < 511; i++) {
            sum += data.get(i);
        }
        return data.put(511, (byte) -sum).array();
    }

    private static void word(ByteBuffer data, int number, int value) {
        data.putShort(2 * number, (short) value);
    }
}

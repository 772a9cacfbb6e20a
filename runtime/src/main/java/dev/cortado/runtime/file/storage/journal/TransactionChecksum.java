package dev.cortado.runtime.file.storage.journal;

import java.nio.ByteBuffer;

/**
 * The checksum v1 of a transaction's descriptor and data blocks: CRC-32, the highest bit first (ISO
 * 3309), begun with ones and not inverted.
 */
final class TransactionChecksum {
    private static final int POLYNOMIAL = 0x04C11DB7;
    private static final int[] TABLE = table();

    private int register = ~0;

    private static int[] table() {
        int[] table = new int[256];
        for (int value = 0; value < table.length; value++) {
            int crc = value << 24;
            for (int bit = 0; bit < Byte.SIZE; bit++) {
                crc = crc < 0 ? crc << 1 ^ POLYNOMIAL : crc << 1;
            }
            table[value] = crc;
        }
        return table;
    }

    void update(ByteBuffer block) {
        int crc = register;
        for (int at = 0; at < block.capacity(); at++) {
            crc = crc << 8 ^ TABLE[crc >>> 24 ^ block.get(at) & 0xFF];
        }
        register = crc;
    }

    int value() {
        return register;
    }
}

package dev.cortado.drivers.ata;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A drive for CDs as SPC-4 and MMC-6 have it: it tells of its reset first, says why it has not
 * carried a command out when it is asked next, and has a disc or none.
 */
public final class PacketDriveModel {
    public static final int BLOCK_BYTES = 2048;

    /** The code, and its qualifier above it. */
    private static final int BECOMING_READY = 0x0104;

    /** Of the disc; null if there is none. */
    public byte[] disc;

    /** Of data that it gives, so much is missing. */
    public int withheld;

    public int general = 0x85c0;
    public int capabilities = 0x300;
    public boolean needsDirection;

    /** So often it is asked before its disc has spun up. */
    public int spinUp;

    private int attention = 0x29;
    private int key;
    private int code;

    public PacketDriveModel(byte[] disc) {
        this.disc = disc;
    }

    /** Somebody has changed the disc. */
    public void insert(byte[] other) {
        disc = other;
        attention = other == null ? 0 : 0x28;
    }

    /** The data of IDENTIFY PACKET DEVICE (ATA8-ACS 7.17). */
    public byte[] identity() {
        byte[] data = new byte[512];
        word(data, 0, general);
        // With the direction needed, DMA is told of in the other word, and not in this.
        int hasDma = capabilities & 0x100;
        word(data, 49, needsDirection ? capabilities & ~0x100 : capabilities);
        word(data, 62, needsDirection ? 1 << 15 | hasDma << 2 : 7);
        data[510] = (byte) 0xa5;
        int sum = 0;
        for (byte each : data) {
            sum += each;
        }
        data[511] = (byte) -sum;
        return data;
    }

    private static void word(byte[] data, int number, int value) {
        data[2 * number] = (byte) value;
        data[2 * number + 1] = (byte) (value >>> 8);
    }

    /** What it gives for a packet, or null if it has reasons not to. */
    public byte[] run(byte[] packet) {
        ByteBuffer block = ByteBuffer.wrap(packet);
        int operation = packet[0] & 0xff;
        if (operation == 0x03) {
            byte[] reasons = sense();
            refuse(0, 0);
            return cut(reasons, packet[4] & 0xff);
        }
        if (operation == 0x12) {
            byte[] inquiry = new byte[36];
            inquiry[0] = 5;
            inquiry[1] = (byte) 0x80;
            return packet[1] != 0 ? refuse(5, 0x24) : cut(inquiry, block.getShort(3) & 0xffff);
        }
        if (attention != 0) {
            int told = attention;
            attention = 0;
            return refuse(6, told);
        }
        if (operation != 0 && operation != 0x25 && operation != 0x28) {
            return refuse(5, 0x20);
        }
        if (disc == null) {
            return refuse(2, 0x3a);
        }
        if (spinUp > 0) {
            spinUp--;
            attention = spinUp == 0 ? 0x28 : 0;
            return refuse(2, BECOMING_READY);
        }
        return switch (operation) {
            case 0x25 ->
                    cut(
                            ByteBuffer.allocate(8)
                                    .putInt(disc.length / BLOCK_BYTES - 1)
                                    .putInt(BLOCK_BYTES)
                                    .array(),
                            8);
            case 0x28 -> read(block.getInt(2), block.getShort(7) & 0xffff);
            default -> new byte[0];
        };
    }

    private byte[] read(int first, int count) {
        long end = ((long) first + count) * BLOCK_BYTES;
        return first < 0 || end > disc.length
                ? refuse(5, 0x21)
                : cut(Arrays.copyOfRange(disc, first * BLOCK_BYTES, (int) end), (int) end);
    }

    private byte[] cut(byte[] data, int room) {
        return Arrays.copyOf(data, Math.max(0, Math.min(data.length, room) - withheld));
    }

    private byte[] refuse(int newKey, int newCode) {
        key = newKey;
        code = newCode;
        return null;
    }

    /** What the error register says, above. */
    public int key() {
        return key;
    }

    private byte[] sense() {
        byte[] sense = new byte[18];
        sense[0] = 0x70;
        sense[2] = (byte) key;
        sense[7] = 10;
        sense[12] = (byte) code;
        sense[13] = (byte) (code >>> 8);
        return sense;
    }
}

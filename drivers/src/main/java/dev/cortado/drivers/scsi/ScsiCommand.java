package dev.cortado.drivers.scsi;

import dev.cortado.drivers.block.controller.DiskTransfer;
import java.nio.ByteBuffer;

/**
 * A command and where its data is. Numbers in it are big-endian.
 *
 * @param block command descriptor block, of 6, 10, 12 or 16 bytes
 * @param isWrite whether data goes to the unit
 * @param address of the data, as the adapter sees it; not of a list
 * @param bytes of the data; 0 if it has none
 * @param list data of the driver's own to the unit, instead; empty if it has none
 */
public record ScsiCommand(byte[] block, boolean isWrite, long address, int bytes, byte[] list) {
    /** Of a command descriptor block that adapters take. */
    public static final int MOST_BLOCK_BYTES = 16;

    /** Of a list. */
    public static final int MOST_LIST_BYTES = 24;

    private static final byte[] NONE = {};

    /** Operation codes (SPC-4, 6; SBC-3, 5). */
    static final int TEST_UNIT_READY = 0x00;

    static final int REQUEST_SENSE = 0x03;
    static final int INQUIRY = 0x12;
    static final int MODE_SENSE_6 = 0x1a;
    static final int READ_CAPACITY_10 = 0x25;
    static final int READ_10 = 0x28;
    static final int WRITE_10 = 0x2a;
    static final int SYNCHRONIZE_CACHE_10 = 0x35;
    static final int UNMAP = 0x42;
    static final int READ_16 = 0x88;
    static final int WRITE_16 = 0x8a;
    static final int SERVICE_ACTION_IN_16 = 0x9e;
    static final int REPORT_LUNS = 0xa0;

    private static final int READ_CAPACITY_16_ACTION = 0x10;
    private static final int VITAL_PRODUCT_DATA = 1;

    /** All pages' current values (SPC-4, 6.13.1). */
    private static final int ALL_PAGES = 0x3f;

    /** What commands of 10 bytes have of blocks and of their addresses. */
    private static final int MOST_BLOCKS_10 = 0xffff;

    private static final long MOST_ADDRESSES_10 = 1L << 32;

    private static ScsiCommand of(ByteBuffer block, long address, int bytes) {
        return new ScsiCommand(block.array(), false, address, bytes, NONE);
    }

    private static ByteBuffer block(int bytes, int code) {
        return ByteBuffer.allocate(bytes).put(0, (byte) code);
    }

    /** For why the last command was not carried out, of adapters that do not ask themselves. */
    public static ScsiCommand requestSense(long address, int bytes) {
        return of(block(6, REQUEST_SENSE).put(4, (byte) bytes), address, bytes);
    }

    static ScsiCommand testUnitReady() {
        return of(block(6, TEST_UNIT_READY), 0, 0);
    }

    static ScsiCommand inquiry(long address, int bytes) {
        return of(block(6, INQUIRY).putShort(3, (short) bytes), address, bytes);
    }

    /**
     * Vital product data.
     *
     * @param page its number
     */
    static ScsiCommand inquiry(int page, long address, int bytes) {
        ByteBuffer block = block(6, INQUIRY).put(1, (byte) VITAL_PRODUCT_DATA);
        block.put(2, (byte) page).putShort(3, (short) bytes);
        return of(block, address, bytes);
    }

    static ScsiCommand modeSense(long address, int bytes) {
        return of(
                block(6, MODE_SENSE_6).put(2, (byte) ALL_PAGES).put(4, (byte) bytes),
                address,
                bytes);
    }

    static ScsiCommand reportLuns(long address, int bytes) {
        return of(block(12, REPORT_LUNS).putInt(6, bytes), address, bytes);
    }

    static ScsiCommand readCapacity10(long address, int bytes) {
        return of(block(10, READ_CAPACITY_10), address, bytes);
    }

    static ScsiCommand readCapacity16(long address, int bytes) {
        ByteBuffer block = block(16, SERVICE_ACTION_IN_16).put(1, (byte) READ_CAPACITY_16_ACTION);
        return of(block.putInt(10, bytes), address, bytes);
    }

    /** Reads or writes blocks, in the shortest form that has room for them. */
    static ScsiCommand transfer(DiskTransfer transfer, int blockShift) {
        boolean isWrite = transfer.isWrite();
        long first = transfer.position() >>> blockShift;
        int blocks = transfer.length() >>> blockShift;
        ByteBuffer block;
        if (blocks <= MOST_BLOCKS_10 && first + blocks <= MOST_ADDRESSES_10) {
            block = block(10, isWrite ? WRITE_10 : READ_10);
            block.putInt(2, (int) first).putShort(7, (short) blocks);
        } else {
            block = block(16, isWrite ? WRITE_16 : READ_16);
            block.putLong(2, first).putInt(10, blocks);
        }
        return new ScsiCommand(block.array(), isWrite, transfer.address(), transfer.length(), NONE);
    }

    /** Of all blocks. */
    static ScsiCommand synchronizeCache() {
        return of(block(10, SYNCHRONIZE_CACHE_10), 0, 0);
    }

    /** Of one range (SBC-3, 5.28). */
    static ScsiCommand unmap(long first, int blocks) {
        ByteBuffer list = ByteBuffer.allocate(MOST_LIST_BYTES);
        list.putShort(0, (short) (MOST_LIST_BYTES - 2)).putShort(2, (short) 16);
        list.putLong(8, first).putInt(16, blocks);
        ByteBuffer block = block(10, UNMAP).putShort(7, (short) MOST_LIST_BYTES);
        return new ScsiCommand(block.array(), true, 0, 0, list.array());
    }

    /** Whether it reads or writes blocks. */
    public boolean isTransfer() {
        int code = block[0] & 0xff;
        return code == READ_10 || code == WRITE_10 || code == READ_16 || code == WRITE_16;
    }

    /** Bytes of data that it moves, either way. */
    public int length() {
        return bytes + list.length;
    }

    /** For messages. */
    @Override
    public String toString() {
        return "command 0x%02x of %d bytes".formatted(block[0], length());
    }
}

package dev.cortado.runtime.file.storage.partition;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/** A disk whose tables are written as the UEFI specification says, field by field. */
final class TestDisk {
    static final int SECTORS = 4096;

    /** GPT's entries: as many as everywhere. */
    static final int ENTRIES = 128;

    static final int ENTRY_BYTES = 128;

    private final int sectorBytes;
    private final ByteBuffer bytes;

    TestDisk(int sectorBytes) {
        this.sectorBytes = sectorBytes;
        bytes = ByteBuffer.allocate(SECTORS * sectorBytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    ByteBuffer bytes() {
        return bytes;
    }

    ByteStorage storage() {
        return new ByteStorage("vda", bytes.array(), sectorBytes);
    }

    PartitionTable table() throws Exception {
        return PartitionTable.read(storage());
    }

    /** An entry of the table in a sector. */
    TestDisk mbr(int sector, int index, int type, int first, int count) {
        int at = sector * sectorBytes;
        bytes.putShort(at + 510, (short) 0xaa55);
        int entry = at + 446 + 16 * index;
        bytes.put(entry, (byte) 0).put(entry + 4, (byte) type);
        bytes.putInt(entry + 8, first).putInt(entry + 12, count);
        return this;
    }

    int lastUsable() {
        return SECTORS - 2 - entrySectors();
    }

    int firstUsable() {
        return 2 + entrySectors();
    }

    private int entrySectors() {
        return ENTRIES * ENTRY_BYTES / sectorBytes;
    }

    /** An entry of both arrays; {@link #seal} comes behind it. */
    TestDisk gpt(int index, Guid type, Guid unique, long first, long last, String name) {
        for (int array : new int[] {2, lastUsable() + 1}) {
            int at = array * sectorBytes + index * ENTRY_BYTES;
            put(at, type);
            put(at + 16, unique);
            bytes.putLong(at + 32, first).putLong(at + 40, last);
            bytes.put(at + 56, name.getBytes(StandardCharsets.UTF_16LE));
        }
        return this;
    }

    private void put(int at, Guid guid) {
        bytes.putInt(at, (int) (guid.high() >>> 32));
        bytes.putShort(at + 4, (short) (guid.high() >>> 16));
        bytes.putShort(at + 6, (short) guid.high());
        bytes.putLong(at + 8, Long.reverseBytes(guid.low()));
    }

    /** Writes the protective MBR and both headers. */
    TestDisk seal() {
        mbr(0, 0, 0xee, 1, -1);
        header(1, SECTORS - 1, 2);
        header(SECTORS - 1, 1, lastUsable() + 1);
        return this;
    }

    private void header(int sector, int other, int array) {
        int at = sector * sectorBytes;
        bytes.put(at, "EFI PART".getBytes(StandardCharsets.US_ASCII));
        bytes.putInt(at + 8, 0x10000).putInt(at + 12, 92);
        bytes.putLong(at + 24, sector).putLong(at + 32, other);
        bytes.putLong(at + 40, firstUsable()).putLong(at + 48, lastUsable());
        bytes.putLong(at + 72, array).putInt(at + 80, ENTRIES).putInt(at + 84, ENTRY_BYTES);
        bytes.putInt(at + 88, crc(array * sectorBytes, ENTRIES * ENTRY_BYTES));
        sum(sector);
    }

    /** Sets a header's checksum to what it has to be. */
    void sum(int sector) {
        int at = sector * sectorBytes;
        bytes.putInt(at + 16, 0);
        bytes.putInt(at + 16, crc(at, 92));
    }

    private int crc(int at, int length) {
        CRC32 crc = new CRC32();
        crc.update(bytes.array(), at, length);
        return (int) crc.getValue();
    }
}

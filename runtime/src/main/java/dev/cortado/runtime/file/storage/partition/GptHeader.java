package dev.cortado.runtime.file.storage.partition;

import dev.cortado.runtime.file.FileException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/**
 * A GPT's header, checked (UEFI specification 2.10, 5.3.2).
 *
 * @param other the sector of the other header
 * @param firstUsable sector that a partition may have, and the last one
 * @param entries the array of entries, of so many bytes each, little-endian
 */
record GptHeader(
        long other, long firstUsable, long lastUsable, ByteBuffer entries, int entryBytes) {
    private static final long SIGNATURE = 0x5452_4150_2049_4645L; // "EFI PART"
    private static final int REVISION_1 = 0x0001_0000;

    private static final int REVISION = 8;
    private static final int HEADER_SIZE = 12;
    private static final int HEADER_CRC = 16;
    private static final int MY_SECTOR = 24;
    private static final int OTHER_SECTOR = 32;
    private static final int FIRST_USABLE = 40;
    private static final int LAST_USABLE = 48;
    private static final int ENTRIES_SECTOR = 72;
    private static final int ENTRIES_COUNT = 80;
    private static final int ENTRY_SIZE = 84;
    private static final int ENTRIES_CRC = 88;

    /** Up to and with the last field. */
    private static final int LEAST_HEADER_BYTES = 92;

    static final int LEAST_ENTRY_BYTES = 128;

    /** Of all entries: sixteen times what there is everywhere. */
    private static final long MOST_ENTRIES_BYTES = 256 << 10;

    /** It is not one, or is damaged: in words. */
    static final class BadHeaderException extends Exception {
        private static final long serialVersionUID = 1;

        BadHeaderException(String message) {
            super(message);
        }
    }

    static GptHeader read(Sectors sectors, long sector) throws FileException, BadHeaderException {
        require(sector < sectors.count(), "the disk has no sector for it");
        ByteBuffer header = sectors.read(sector, 1);
        require(header.getLong(0) == SIGNATURE, "it is not there");
        require(header.getInt(REVISION) == REVISION_1, "it has an unknown revision");
        int size = header.getInt(HEADER_SIZE);
        require(size >= LEAST_HEADER_BYTES && size <= sectors.bytes(), "its size is wrong");
        int sum = header.getInt(HEADER_CRC);
        header.putInt(HEADER_CRC, 0);
        require(crc(header.array(), size) == sum, "its checksum is wrong");
        require(header.getLong(MY_SECTOR) == sector, "it is for another place");
        long first = header.getLong(FIRST_USABLE);
        long last = header.getLong(LAST_USABLE);
        require(
                first > 1 && first <= last && last < sectors.count(),
                "its sectors for partitions are not on the disk");
        int entryBytes = header.getInt(ENTRY_SIZE);
        long entriesBytes = Integer.toUnsignedLong(header.getInt(ENTRIES_COUNT)) * entryBytes;
        require(
                entryBytes >= LEAST_ENTRY_BYTES
                        && Integer.bitCount(entryBytes) == 1
                        && entriesBytes <= MOST_ENTRIES_BYTES,
                "its entries are too many, or of a wrong size");
        return new GptHeader(
                header.getLong(OTHER_SECTOR),
                first,
                last,
                entries(sectors, header, (int) entriesBytes),
                entryBytes);
    }

    private static ByteBuffer entries(Sectors sectors, ByteBuffer header, int bytes)
            throws FileException, BadHeaderException {
        long at = header.getLong(ENTRIES_SECTOR);
        int count = (bytes + sectors.bytes() - 1) / sectors.bytes();
        require(at > 1 && at < sectors.count() - count, "its entries are not on the disk");
        ByteBuffer entries = sectors.read(at, count).limit(bytes);
        require(
                crc(entries.array(), bytes) == header.getInt(ENTRIES_CRC),
                "its entries' checksum is wrong");
        return entries;
    }

    private static int crc(byte[] bytes, int length) {
        CRC32 crc = new CRC32();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }

    private static void require(boolean condition, String otherwise) throws BadHeaderException {
        if (!condition) {
            throw new BadHeaderException(otherwise);
        }
    }
}

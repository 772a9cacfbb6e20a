package dev.cortado.runtime.file.storage.partition;

import dev.cortado.runtime.file.FileException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A sector with a table of partitions, at the beginning of a disk or of a part of an extended
 * partition (UEFI specification 2.10, 5.2.1; it says the same of all PCs).
 *
 * @param identifier of the disk
 * @param entries four, as they are on the disk
 */
record MasterBootRecord(int identifier, List<Entry> entries) {
    private static final int IDENTIFIER = 440;
    private static final int ENTRIES = 446;
    private static final int SIGNATURE = 510;
    private static final short SIGNATURE_VALUE = (short) 0xaa55;

    private static final int ENTRY_BYTES = 16;
    private static final int MOST_ENTRIES = 4;
    private static final int TYPE = 4;
    private static final int FIRST = 8;
    private static final int COUNT = 12;

    /** Of an entry: bootable or not. Where anything else is, it is no table but a file system's. */
    private static final int BOOTABLE = 0x80;

    private static final int TYPE_PROTECTIVE = 0xee;

    /** A partition's place, in sectors; of nothing if its type or its count is 0. */
    record Entry(int type, long first, long count) {
        boolean isUsed() {
            return type != 0 && count != 0;
        }

        /** Whether it has logical partitions in it. */
        boolean isExtended() {
            return type == 0x05 || type == 0x0f || type == 0x85;
        }
    }

    /** Null if the sector is none. */
    static MasterBootRecord read(Sectors sectors, long sector) throws FileException {
        ByteBuffer bytes = sectors.read(sector, 1);
        if (bytes.getShort(SIGNATURE) != SIGNATURE_VALUE) {
            return null;
        }
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < MOST_ENTRIES; i++) {
            int at = ENTRIES + i * ENTRY_BYTES;
            if ((bytes.get(at) & ~BOOTABLE & 0xff) != 0) {
                return null;
            }
            entries.add(
                    new Entry(
                            Byte.toUnsignedInt(bytes.get(at + TYPE)),
                            Integer.toUnsignedLong(bytes.getInt(at + FIRST)),
                            Integer.toUnsignedLong(bytes.getInt(at + COUNT))));
        }
        return new MasterBootRecord(bytes.getInt(IDENTIFIER), entries);
    }

    /** Whether it only keeps programs that do not know GPT away (5.2.3). */
    boolean isProtective() {
        return entries.stream().anyMatch(entry -> entry.type() == TYPE_PROTECTIVE);
    }
}

package dev.cortado.runtime.file.storage.partition;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.storage.partition.GptHeader.BadHeaderException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The partitions of a GPT (UEFI specification 2.10, 5.3), by its first header, or by its backup in
 * the last sector where that one is damaged.
 */
final class GptReader {
    private static final int HEADER_SECTOR = 1;

    /** Of an entry (5.3.3). */
    private static final int TYPE = 0;

    private static final int UNIQUE = 16;
    private static final int FIRST = 32;
    private static final int LAST = 40;
    private static final int NAME = 56;
    private static final int NAME_BYTES = 72;

    private GptReader() {}

    static void read(Sectors sectors, FoundPartitions found) throws FileException {
        GptHeader header = header(sectors, found);
        if (header == null) {
            return;
        }
        int count = header.entries().limit() / header.entryBytes();
        for (int i = 0; i < count; i++) {
            readEntry(header, i * header.entryBytes(), i + 1, found);
        }
    }

    /** Null if both are damaged. */
    private static GptHeader header(Sectors sectors, FoundPartitions found) throws FileException {
        long backup = sectors.count() - 1;
        try {
            return GptHeader.read(sectors, HEADER_SECTOR);
        } catch (BadHeaderException e) {
            found.problem("the GPT's header: " + e.getMessage());
        }
        try {
            GptHeader header = GptHeader.read(sectors, backup);
            found.problem("the GPT's backup at the disk's end is used");
            return header;
        } catch (BadHeaderException e) {
            found.problem("the GPT's backup in sector " + backup + ": " + e.getMessage());
            return null;
        }
    }

    private static void readEntry(GptHeader header, int at, int number, FoundPartitions found) {
        ByteBuffer entries = header.entries();
        Guid type = Guid.read(entries, at + TYPE);
        if (type.equals(Guid.NONE)) {
            return;
        }
        long first = entries.getLong(at + FIRST);
        long last = entries.getLong(at + LAST);
        if (first < header.firstUsable() || last > header.lastUsable() || first > last) {
            found.problem(
                    "partition %d is left out: sectors %s to %s are not those for partitions"
                            .formatted(
                                    number,
                                    Long.toUnsignedString(first),
                                    Long.toUnsignedString(last)));
            return;
        }
        found.add(
                number,
                first,
                last - first + 1,
                type.toString(),
                Guid.read(entries, at + UNIQUE).toString(),
                name(entries, at + NAME));
    }

    /** Up to a zero, if there is one. */
    private static String name(ByteBuffer entries, int at) {
        byte[] bytes = new byte[NAME_BYTES];
        entries.get(at, bytes);
        String name = new String(bytes, StandardCharsets.UTF_16LE);
        int end = name.indexOf('\0');
        return end < 0 ? name : name.substring(0, end);
    }
}

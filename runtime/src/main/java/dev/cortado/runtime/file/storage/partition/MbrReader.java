package dev.cortado.runtime.file.storage.partition;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.storage.partition.MasterBootRecord.Entry;
import java.util.Locale;

/**
 * The partitions of an MBR: primary ones, and the chain of logical ones in an extended one. The
 * sectors of that chain tell where its next one is from the extended partition's beginning on, and
 * where their partition is from themselves on.
 */
final class MbrReader {
    private static final int FIRST_LOGICAL = 5;

    /** More than anybody has, so that a chain that leads back to itself ends. */
    private static final int MOST_LOGICAL = 256;

    private final Sectors sectors;
    private final MasterBootRecord record;
    private final FoundPartitions found;
    private int logical = FIRST_LOGICAL;

    MbrReader(Sectors sectors, MasterBootRecord record, FoundPartitions found) {
        this.sectors = sectors;
        this.record = record;
        this.found = found;
    }

    void read() throws FileException {
        for (int i = 0; i < record.entries().size(); i++) {
            Entry entry = record.entries().get(i);
            if (entry.isUsed() && !entry.isExtended()) {
                add(i + 1, entry.first(), entry);
            }
        }
        for (Entry entry : record.entries()) {
            if (entry.isUsed() && entry.isExtended()) {
                readExtended(entry);
            }
        }
    }

    private void add(int number, long first, Entry entry) {
        found.add(
                number,
                first,
                entry.count(),
                String.format(Locale.ROOT, "%02x", entry.type()),
                String.format(Locale.ROOT, "%08x-%02x", record.identifier(), number),
                "");
    }

    private void readExtended(Entry extended) throws FileException {
        long end = Math.min(extended.first() + extended.count(), sectors.count());
        long at = extended.first();
        while (at >= 0) {
            if (at < extended.first() || at >= end) {
                found.problem("logical partitions go on at sector " + at + ", outside of theirs");
                return;
            }
            if (logical - FIRST_LOGICAL == MOST_LOGICAL) {
                found.problem("more than " + MOST_LOGICAL + " logical partitions are left out");
                return;
            }
            at = readLogical(extended, end, at);
        }
    }

    /** The next sector of the chain, or -1 behind the last. */
    private long readLogical(Entry extended, long end, long at) throws FileException {
        MasterBootRecord link = MasterBootRecord.read(sectors, at);
        if (link == null) {
            found.problem("at sector " + at + " is no table of logical partitions");
            return -1;
        }
        long next = -1;
        for (Entry entry : link.entries()) {
            if (entry.isUsed() && entry.isExtended() && next < 0) {
                next = extended.first() + entry.first();
            } else if (entry.isUsed() && !entry.isExtended()) {
                int number = logical++;
                long first = at + entry.first();
                if (entry.first() == 0 || first >= end || entry.count() > end - first) {
                    found.problem(
                            "partition "
                                    + number
                                    + " is left out: it is outside of its extended one");
                } else {
                    add(number, first, entry);
                }
            }
        }
        return next;
    }
}

package dev.cortado.runtime.file.storage.partition;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.storage.Storage;
import java.util.List;

/**
 * How a disk is divided.
 *
 * @param kind what says so
 * @param partitions in the order of their numbers; none overlaps another, or ends behind the disk
 * @param problems what else it says, and was left out, in words; each begins with the disk's name
 */
public record PartitionTable(Kind kind, List<Partition> partitions, List<String> problems) {
    /** What divides a disk. */
    public enum Kind {
        /** Nothing: it is one piece. */
        NONE,
        MBR,
        GPT
    }

    public PartitionTable {
        partitions = List.copyOf(partitions);
        problems = List.copyOf(problems);
    }

    /**
     * Looks how a disk is divided.
     *
     * @throws FileException EIO: it cannot be read
     */
    public static PartitionTable read(Storage disk) throws FileException {
        if (disk.bytes() < disk.sectorBytes()) {
            return new PartitionTable(Kind.NONE, List.of(), List.of());
        }
        Sectors sectors = new Sectors(disk);
        MasterBootRecord record = MasterBootRecord.read(sectors, 0);
        FoundPartitions found = new FoundPartitions(disk);
        if (record == null) {
            return found.table(Kind.NONE);
        }
        if (record.isProtective()) {
            GptReader.read(sectors, found);
            return found.table(Kind.GPT);
        }
        new MbrReader(sectors, record, found).read();
        return found.table(Kind.MBR);
    }
}

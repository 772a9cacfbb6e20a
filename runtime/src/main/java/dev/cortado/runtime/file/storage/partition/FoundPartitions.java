package dev.cortado.runtime.file.storage.partition;

import dev.cortado.runtime.file.storage.Storage;
import java.util.ArrayList;
import java.util.List;

/** Gathers a disk's partitions: what cannot be one is left out. */
final class FoundPartitions {
    private final Storage disk;
    private final List<Partition> partitions = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();

    FoundPartitions(Storage disk) {
        this.disk = disk;
    }

    void problem(String text) {
        problems.add(disk.name() + ": " + text);
    }

    /**
     * @param first its first sector, 0 or more
     * @param count how many it has, 1 or more
     */
    void add(int number, long first, long count, String type, String uuid, String label) {
        long sectors = disk.bytes() / disk.sectorBytes();
        if (first >= sectors || count > sectors - first) {
            problem(
                    "partition %d is left out: sectors %d to %d are not all on the disk, which has %d"
                            .formatted(number, first, first + count - 1, sectors));
            return;
        }
        long bytes = disk.sectorBytes();
        Partition partition =
                new Partition(number, first * bytes, count * bytes, type, uuid, label);
        for (Partition other : partitions) {
            if (partition.overlaps(other)) {
                problem(
                        "partition %d is left out: it overlaps partition %d"
                                .formatted(number, other.number()));
                return;
            }
        }
        partitions.add(partition);
    }

    PartitionTable table(PartitionTable.Kind kind) {
        return new PartitionTable(kind, partitions, problems);
    }
}

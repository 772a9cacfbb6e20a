package dev.cortado.image.disk;

import dev.cortado.image.UserError;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.mount.Contents;
import dev.cortado.runtime.file.mount.ReadOnlyKind;
import dev.cortado.runtime.file.storage.Storage;
import dev.cortado.runtime.file.storage.partition.Partition;
import dev.cortado.runtime.file.storage.partition.PartitionTable;
import java.util.List;
import java.util.stream.Collectors;

/** What of a disk is meant: all of it, or a partition. */
final class DiskPart {
    private DiskPart() {}

    /**
     * @param number of the partition, or 0 for the whole disk, or the only partition
     * @throws UserError if there is no such partition, or it has to be said which
     */
    static Storage find(Storage disk, int number) throws FileException {
        List<Partition> partitions = PartitionTable.read(disk).partitions();
        // What CDs are made of may have partitions beside, for machines that start from it.
        boolean isWhole =
                partitions.isEmpty() || ReadOnlyKind.ISO_9660.equals(Contents.of(disk).type());
        if (number == 0 && isWhole) {
            return disk;
        }
        if (number == 0 && partitions.size() == 1) {
            return partitions.getFirst().of(disk);
        }
        String numbers =
                partitions.stream()
                        .map(partition -> String.valueOf(partition.number()))
                        .collect(Collectors.joining(", "));
        if (number == 0) {
            throw new UserError(
                    "%s has partitions %s: say which with --partition"
                            .formatted(disk.name(), numbers));
        }
        for (Partition partition : partitions) {
            if (partition.number() == number) {
                return partition.of(disk);
            }
        }
        throw new UserError(
                "%s has no partition %d%s"
                        .formatted(
                                disk.name(),
                                number,
                                numbers.isEmpty() ? "" : "; it has " + numbers));
    }
}

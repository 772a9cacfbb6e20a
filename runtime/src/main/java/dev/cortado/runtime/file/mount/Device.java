package dev.cortado.runtime.file.mount;

import dev.cortado.runtime.file.storage.Storage;
import dev.cortado.runtime.file.storage.partition.Partition;

/**
 * What something can be mounted from: a disk, or one of its partitions.
 *
 * @param partition null for a whole disk
 */
record Device(Disk disk, Partition partition, Storage storage) {
    /** Whether bytes of one are bytes of the other. */
    boolean overlaps(Device other) {
        boolean isWhole = partition == null || other.partition == null;
        return disk == other.disk && (isWhole || partition.equals(other.partition));
    }

    /** For people: its name, and the disk's serial number. */
    @Override
    public String toString() {
        String number = disk.serialNumber();
        return storage.name() + (number.isEmpty() ? "" : " (serial " + number + ")");
    }
}

package dev.cortado.runtime.file.mount;

import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.storage.partition.Partition;
import dev.cortado.runtime.file.storage.partition.PartitionTable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The machine's disks with their partitions, to be found by their names. */
final class Devices {
    private final List<Device> devices = new ArrayList<>();
    private final List<FileSystemKind> kinds;
    private final Consumer<String> problems;

    /**
     * @param kinds that know where their labels are
     * @param problems is told of what cannot be read, and of partitions that cannot be
     */
    Devices(List<Disk> disks, List<FileSystemKind> kinds, Consumer<String> problems) {
        this.kinds = List.copyOf(kinds);
        this.problems = problems;
        for (Disk disk : disks) {
            devices.add(new Device(disk, null, disk.storage()));
            addPartitions(disk);
        }
    }

    private void addPartitions(Disk disk) {
        try {
            PartitionTable table = PartitionTable.read(disk.storage());
            table.problems().forEach(problems);
            for (Partition partition : table.partitions()) {
                devices.add(new Device(disk, partition, partition.of(disk.storage())));
            }
        } catch (FileException e) {
            problems.accept(disk.storage().name() + " cannot be read: " + e.getMessage());
        }
    }

    /**
     * The device that has a name.
     *
     * @throws MountException if there is none, or more than one
     */
    Device find(DeviceName name) throws MountException {
        List<Device> found = devices.stream().filter(device -> isNamed(device, name)).toList();
        if (found.isEmpty()) {
            throw new MountException("there is no disk " + name + describe());
        }
        if (found.size() > 1) {
            throw new MountException(
                    "more than one disk is "
                            + name
                            + ": "
                            + found.stream()
                                    .map(Device::toString)
                                    .collect(Collectors.joining(" and ")));
        }
        return found.getFirst();
    }

    private String describe() {
        if (devices.isEmpty()) {
            return ": the machine has none";
        }
        return ", only " + devices.stream().map(Device::toString).collect(Collectors.joining(", "));
    }

    private boolean isNamed(Device device, DeviceName name) {
        Partition partition = device.partition();
        String value = name.value();
        return switch (name.by()) {
            case NAME -> value.equals(device.storage().name());
            case SERIAL -> partition == null && value.equals(device.disk().serialNumber());
            case PARTITION_LABEL -> partition != null && value.equals(partition.label());
            case PARTITION_UUID -> partition != null && value.equals(partition.uuid());
            case LABEL -> value.equals(contents(device).label());
            case UUID -> value.equals(contents(device).uuid());
        };
    }

    private Contents contents(Device device) {
        try {
            Contents found = Contents.of(device.storage());
            for (FileSystemKind kind : kinds) {
                if (found.type() != null && kind.isNamed(found.type())) {
                    String label = kind.label(device.storage(), found);
                    return new Contents(found.type(), label, found.uuid());
                }
            }
            return found;
        } catch (FileException e) {
            problems.accept(device.storage().name() + " cannot be read: " + e.getMessage());
            return new Contents(null, "", "");
        }
    }
}

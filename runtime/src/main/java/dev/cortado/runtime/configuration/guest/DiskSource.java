package dev.cortado.runtime.configuration.guest;

import dev.cortado.runtime.configuration.BootConfiguration;
import dev.cortado.runtime.configuration.ConfigurationBuilder;
import dev.cortado.runtime.disk.GuestDisks;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.mount.Contents;
import dev.cortado.runtime.file.mount.Disk;
import dev.cortado.runtime.file.mount.MountException;
import dev.cortado.runtime.file.mount.ReadOnlyKind;
import dev.cortado.runtime.file.storage.Storage;
import dev.cortado.runtime.file.storage.partition.Partition;
import dev.cortado.runtime.file.storage.partition.PartitionTable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Disks that are there to configure the machine, whole or partitions: ISO 9660 or VFAT. */
public final class DiskSource implements ConfigurationSource {
    private final MediumForm form;
    private final Consumer<String> log;
    private final List<ReadOnlyKind> kinds = List.of(ReadOnlyKind.iso9660(), ReadOnlyKind.vfat());

    /**
     * @param log hears of disks that cannot be used, and of deaths of drivers
     */
    public DiskSource(MediumForm form, Consumer<String> log) {
        this.form = form;
        this.log = log;
    }

    @Override
    public List<BootConfiguration> read(Consumer<String> problems) {
        return read(GuestDisks.all(log), problems);
    }

    List<BootConfiguration> read(List<Disk> disks, Consumer<String> problems) {
        List<BootConfiguration> found = new ArrayList<>();
        for (Disk disk : disks) {
            for (Storage volume : volumes(disk.storage(), problems)) {
                try {
                    readVolume(volume, problems, found);
                } catch (FileException e) {
                    problems.accept(unreadable(volume, e));
                }
            }
        }
        return found;
    }

    private static String unreadable(Storage volume, FileException e) {
        return volume.name() + " cannot be read: " + e.getMessage();
    }

    /** A disk, if there is something on the whole of it, or its partitions. */
    private List<Storage> volumes(Storage disk, Consumer<String> problems) {
        List<Storage> volumes = new ArrayList<>();
        try {
            if (kind(Contents.of(disk)) != null) {
                return List.of(disk);
            }
            for (Partition partition : PartitionTable.read(disk).partitions()) {
                volumes.add(partition.of(disk));
            }
        } catch (FileException e) {
            problems.accept(unreadable(disk, e));
        }
        return volumes;
    }

    private ReadOnlyKind kind(Contents contents) {
        for (ReadOnlyKind kind : kinds) {
            if (contents.type() != null && kind.isNamed(contents.type())) {
                return kind;
            }
        }
        return null;
    }

    private void readVolume(
            Storage volume, Consumer<String> problems, List<BootConfiguration> found)
            throws FileException {
        Contents contents = Contents.of(volume);
        ReadOnlyKind kind = kind(contents);
        if (kind == null || !form.isOn(kind.label(volume, contents))) {
            return;
        }
        ConfigurationBuilder configuration =
                new ConfigurationBuilder(form.name() + " of " + volume.name(), problems);
        try {
            form.read(new MediumFiles(kind.open(volume)), configuration);
        } catch (FileException | MountException e) {
            configuration.problem(e.getMessage());
        }
        BootConfiguration read = configuration.build();
        if (!read.isEmpty()) {
            found.add(read);
        }
    }
}

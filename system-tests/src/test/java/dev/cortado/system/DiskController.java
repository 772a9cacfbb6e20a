package dev.cortado.system;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One kind of controller that QEMU has a model of, and a disk behind it.
 *
 * @param label of the disk's drive, and of the file system on it
 * @param name that the disk has in the guest, a pattern
 * @param devices QEMU's, which refer to a drive that is called as the label
 */
record DiskController(String label, String name, List<String> devices) {
    private static final String SCSI_NAME = "sd[a-z]";

    /** All that a machine can have at once. */
    static List<DiskController> all(String machine) {
        boolean isOld = machine.equals("pc");
        return List.of(
                new DiskController("nvme", "nvme0n1", List.of("nvme,drive=nvme,serial=N-1")),
                new DiskController(
                        "ahci",
                        SCSI_NAME,
                        isOld
                                ? List.of("ich9-ahci,id=sata", "ide-hd,drive=ahci,bus=sata.1")
                                : List.of("ide-hd,drive=ahci,bus=ide.1")),
                new DiskController(
                        "ide",
                        SCSI_NAME,
                        isOld
                                ? List.of("ide-hd,drive=ide,bus=ide.1,unit=1")
                                : List.of("piix3-ide,id=old", "ide-hd,drive=ide,bus=old.0")),
                scsi("pvscsi", "pvscsi"),
                scsi("lsi", "mptsas1068"),
                scsi("scsi", "virtio-scsi-pci"),
                new DiskController("blk", "vda", List.of("virtio-blk-pci,drive=blk")));
    }

    /** The one of that label. */
    static DiskController of(String machine, String label) {
        return all(machine).stream().filter(one -> one.label.equals(label)).findFirst().get();
    }

    private static DiskController scsi(String label, String adapter) {
        String bus = label + "-bus";
        return new DiskController(
                label,
                SCSI_NAME,
                List.of(
                        adapter + ",id=" + bus,
                        "scsi-hd,drive=" + label + ",bus=" + bus + ".0,scsi-id=2"));
    }

    /** QEMU's options for a CD behind a controller of that label, in a drive. */
    static List<String> disc(String label, Path file) {
        List<String> options = new ArrayList<>(drive("cd", file));
        switch (label) {
            case "ide", "ahci" -> options.addAll(List.of("-device", "ide-cd,drive=cd,bus=ide.1"));
            default -> {
                String adapter = label.equals("lsi") ? "mptsas1068" : "virtio-scsi-pci";
                options.addAll(List.of("-device", adapter + ",id=cds"));
                options.addAll(List.of("-device", "scsi-cd,drive=cd,bus=cds.0,scsi-id=2"));
            }
        }
        return options;
    }

    /** QEMU's options for the controller, and for the disk. */
    List<String> options(DiskImage disk) {
        List<String> options = new ArrayList<>(drive(label, disk.file()));
        devices.forEach(device -> options.addAll(List.of("-device", device)));
        return options;
    }

    /** QEMU's option for a drive that devices refer to. */
    static List<String> drive(String name, Path file) {
        return List.of("-drive", "id=" + name + ",file=" + file + ",format=raw,if=none");
    }
}

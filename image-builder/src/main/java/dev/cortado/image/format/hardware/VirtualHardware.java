package dev.cortado.image.format.hardware;

import dev.cortado.image.format.bytes.NameUuid;
import dev.cortado.image.image.ImageFile;
import dev.cortado.image.xen.DomainMemory;
import java.util.UUID;

/**
 * A machine that has what an image has drivers for.
 *
 * @param name the machine's: up to 64 letters, digits, dots, hyphens and underscores
 * @param id always the same for the same name
 * @param memory in MiB
 * @param disk what its disk is connected to
 * @param card its network card
 * @param isXen whether it is a domain of Xen's
 */
public record VirtualHardware(
        String name, UUID id, long memory, DiskController disk, NetworkCard card, boolean isXen) {

    /** With what belongs to it, a name in archives, which have 100 letters for one. */
    private static final int MOST_NAME = 64;

    /** What a disk is connected to. */
    public enum DiskController {
        AHCI,
        IDE,
        PVSCSI,
        VIRTIO,
        XEN
    }

    /** A network card; who does not have the one gives the machine an E1000. */
    public enum NetworkCard {
        E1000,
        TULIP,
        VMXNET3,
        VIRTIO,
        XEN
    }

    /**
     * By the targets that its manifest names.
     *
     * @param onQemu whether the machine is one of QEMU's, which has virtio
     */
    public static VirtualHardware of(ImageFile image, String fileName, boolean onQemu) {
        String letters = fileName.replaceAll("[^A-Za-z0-9._-]", "_");
        String name = letters.substring(0, Math.min(letters.length(), MOST_NAME));
        UUID id = NameUuid.of("machine", name);
        long memory = DomainMemory.usual(image);
        var targets = image.manifest().targets();
        if (targets.stream().anyMatch(target -> target.startsWith("xen"))) {
            return new VirtualHardware(name, id, memory, DiskController.XEN, NetworkCard.XEN, true);
        }
        if (targets.contains("vmware")) {
            return new VirtualHardware(
                    name, id, memory, DiskController.PVSCSI, NetworkCard.VMXNET3, false);
        }
        if (targets.contains("hyperv")) {
            return new VirtualHardware(
                    name, id, memory, DiskController.IDE, NetworkCard.TULIP, false);
        }
        if (onQemu) {
            return new VirtualHardware(
                    name, id, memory, DiskController.VIRTIO, NetworkCard.VIRTIO, false);
        }
        return new VirtualHardware(name, id, memory, DiskController.AHCI, NetworkCard.E1000, false);
    }
}

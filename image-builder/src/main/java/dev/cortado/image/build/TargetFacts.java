package dev.cortado.image.build;

import dev.cortado.boot.layout.Target;

/**
 * What people want to know of a target before they choose it.
 *
 * @param machine what starts the artifact
 * @param drivers what an image for it can have
 * @param proven where images for it have been seen to run
 */
record TargetFacts(String machine, String drivers, String proven) {

    static TargetFacts of(Target target) {
        return switch (target) {
            case QEMU ->
                    new TargetFacts(
                            "QEMU, KVM",
                            "serial port, PC timers, PCI, virtio",
                            "QEMU 7.2: microvm, q35, pc; libvirt 9.0");
            case XEN_PVH -> xen("a domU of type pvh");
            case XEN_PV -> xen("a domU of type pv");
            case XEN_HVM -> xen("a domU of type hvm: a disk");
            case BZIMAGE ->
                    new TargetFacts(
                            "loaders of Linux, UEFI",
                            "serial port, PC timers, PCI, virtio",
                            "QEMU 7.2 -kernel, UEFI; GRUB, iPXE");
            case BARE ->
                    new TargetFacts(
                            "a PC: a disk for BIOS and UEFI",
                            "virtio, NVMe, AHCI, IDE, SCSI, e1000(e), vmxnet3, tulip",
                            "QEMU 7.2: BIOS, UEFI; libvirt 9; Bochs 2.7");
            case VMWARE ->
                    new TargetFacts(
                            "VMware: a disk for BIOS and UEFI",
                            "NVMe, AHCI, IDE, SCSI, e1000(e), vmxnet3",
                            "not seen; drivers in bare");
            case HYPERV ->
                    new TargetFacts(
                            "Hyper-V, generation 1: a disk",
                            "IDE, tulip",
                            "not seen; drivers in bare");
        };
    }

    private static TargetFacts xen(String machine) {
        return new TargetFacts(machine, "Xen's console, vif, vbd", "Xen 4.17");
    }
}

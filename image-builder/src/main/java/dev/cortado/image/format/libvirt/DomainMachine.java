package dev.cortado.image.format.libvirt;

import dev.cortado.image.disk.DiskFile;
import dev.cortado.image.format.hardware.VirtualHardware;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A domain's machine.
 *
 * @param hardware what the image has drivers for
 * @param isEmulated whether QEMU executes it alone, without KVM
 * @param cpus how many processors it has
 * @param type as QEMU calls such machines; none for the usual one
 * @param firmware UEFI, or none for a BIOS, where an image is a disk
 * @param commandLine for a kernel; a disk has its own
 * @param hasNetwork whether it has a card
 * @param disks those besides the one that it is started from
 * @param ports where its console goes to; none for a terminal that libvirt makes
 */
public record DomainMachine(
        VirtualHardware hardware,
        boolean isEmulated,
        int cpus,
        Optional<String> type,
        Optional<Firmware> firmware,
        String commandLine,
        boolean hasNetwork,
        List<DiskFile> disks,
        Optional<Ports> ports) {
    public DomainMachine {
        disks = List.copyOf(disks);
    }

    /**
     * UEFI.
     *
     * @param code its file with code
     * @param variables its file with variables as they are on a new machine, which is copied
     */
    public record Firmware(Path code, Path variables) {}

    /**
     * Sockets where somebody listens.
     *
     * @param console for the first serial port
     * @param status for what the guest tells about itself
     */
    public record Ports(Path console, Path status) {}

    /** What everybody can start, who has KVM. */
    static DomainMachine usual(VirtualHardware hardware) {
        return new DomainMachine(
                hardware,
                false,
                1,
                Optional.empty(),
                Optional.empty(),
                "",
                true,
                List.of(),
                Optional.empty());
    }
}

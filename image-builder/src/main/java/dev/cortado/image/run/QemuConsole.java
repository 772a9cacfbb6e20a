package dev.cortado.image.run;

import dev.cortado.image.image.ImageFile;
import dev.cortado.image.qemu.MmioSlot;
import java.util.ArrayList;
import java.util.List;

/**
 * A guest's console in QEMU's words, on standard input and output: a serial port and, if the image
 * drives one, a port of virtio's as well (qemu-options: {@code -chardev} with {@code mux}). Both
 * write to the same place, in the order in which the guest does. Input goes to the one that was
 * made last, the serial port: {@code mux} has room for 32 bytes and takes as many more as the one
 * behind it has room for, over those that wait. A serial port has room for few, so that less is
 * lost than by virtio's buffers.
 */
final class QemuConsole {
    /** Of the driver, as a manifest names it. */
    private static final String DRIVER = "virtio.console";

    /** By which the guest knows the port. A port without a name loses no output, a console may. */
    private static final String NAME = "dev.cortado.console";

    /** QEMU's key for its own commands in such a place: no byte is that. */
    private static final String NO_ESCAPE = "256";

    /** With that of consoles, which is always there, and stays empty. */
    private static final int PORTS = 2;

    private QemuConsole() {}

    /**
     * Whether the guest gets a port of virtio's.
     *
     * @param isMmio whether the machine has no PCI
     * @param slot the first place that is not taken, if it has none
     */
    static boolean isVirtio(ImageFile image, boolean isMmio, int slot) {
        return image.manifest().drivers().stream().anyMatch(each -> each.name().equals(DRIVER))
                && (!isMmio || slot < MmioSlot.COUNT);
    }

    /** Its options. */
    static List<String> options(boolean isVirtio, boolean isMmio, int slot) {
        if (!isVirtio) {
            return List.of("-serial", "stdio");
        }
        List<String> options = new ArrayList<>();
        if (isMmio) {
            options.addAll(List.of("-global", "virtio-mmio.force-legacy=false"));
        }
        String device =
                isMmio
                        ? "virtio-serial-device,bus=" + new MmioSlot(slot).bus()
                        : "virtio-serial-pci";
        options.addAll(
                List.of(
                        "-chardev",
                        "stdio,id=console,mux=on",
                        "-echr",
                        NO_ESCAPE,
                        "-serial",
                        "none",
                        "-device",
                        device + ",max_ports=" + PORTS,
                        "-device",
                        "virtserialport,chardev=console,name=" + NAME,
                        "-device",
                        "isa-serial,chardev=console"));
        return options;
    }

    /** Where the guest finds it, if there is nothing else that tells it. */
    static List<String> kernelWords(boolean isVirtio, boolean isMmio, int slot) {
        return isVirtio && isMmio ? List.of(new MmioSlot(slot).kernelWord()) : List.of();
    }
}

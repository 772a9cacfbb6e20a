package dev.cortado.image.run;

import dev.cortado.image.image.ImageFile;
import dev.cortado.image.qemu.MmioSlot;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A guest's console in QEMU's words, on standard input and output: a serial port or, if the image
 * drives one, a port of virtio's, which has the input, and a serial port that writes to the same
 * place, in the order in which the guest does. Each of the two has a {@code -chardev} of its own:
 * one that both share ({@code mux}) has room for 32 bytes of input and takes as many more as the
 * device behind it has room for, over those that wait. Where the input ends, its port is closed, of
 * which a serial port takes no notice: that has the input if it ends before the guest does.
 */
final class QemuConsole {
    /** Of the driver, as a manifest names it. */
    private static final String DRIVER = "virtio.console";

    /** By which the guest knows the port. A port without a name loses no output, a console may. */
    private static final String NAME = "dev.cortado.console";

    /**
     * A process's standard output, to open it once more: a pipe, or a file to whose end all is
     * written. Windows has none.
     */
    private static final String OUTPUT = "/dev/stdout";

    private static final String CONSOLE = "console";
    private static final String SERIAL = "serial";

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
        return isDrivenBy(image) && (!isMmio || slot < MmioSlot.COUNT);
    }

    /** Whether an image has the driver: then QEMU's output has to be one that can be shared. */
    static boolean isDrivenBy(ImageFile image) {
        return Files.exists(Path.of(OUTPUT), LinkOption.NOFOLLOW_LINKS)
                && image.manifest().drivers().stream().anyMatch(each -> each.name().equals(DRIVER));
    }

    /**
     * Its options.
     *
     * @param staysOpen whether QEMU's input does, as long as the guest runs
     */
    static List<String> options(boolean isVirtio, boolean isMmio, int slot, boolean staysOpen) {
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
                        "stdio,id=" + (staysOpen ? CONSOLE : SERIAL),
                        "-chardev",
                        sameOutput(staysOpen ? SERIAL : CONSOLE),
                        "-serial",
                        "chardev:" + SERIAL,
                        "-device",
                        device + ",max_ports=" + PORTS,
                        "-device",
                        "virtserialport,chardev=%s,name=%s".formatted(CONSOLE, NAME)));
        return options;
    }

    private static String sameOutput(String id) {
        return "file,id=%s,path=%s,append=on".formatted(id, OUTPUT);
    }

    /** Where the guest finds it, if there is nothing else that tells it. */
    static List<String> kernelWords(boolean isVirtio, boolean isMmio, int slot) {
        return isVirtio && isMmio ? List.of(new MmioSlot(slot).kernelWord()) : List.of();
    }
}

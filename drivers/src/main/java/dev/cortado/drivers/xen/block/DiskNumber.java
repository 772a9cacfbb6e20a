package dev.cortado.drivers.xen.block;

import dev.cortado.drivers.block.MachineDisks;
import java.util.Optional;

/**
 * What a vbd's number says (docs/man/xen-vbd-interface.7.pandoc): the interface, the disk there,
 * and which of its partitions, if it is one. All are named xvd, as Linux's driver does.
 */
final class DiskNumber {
    private static final int EXTENDED = 1 << 28;

    /** Linux's major numbers. */
    private static final int MAJOR_HD = 3;

    private static final int MAJOR_SECOND_HD = 22;
    private static final int MAJOR_SD = 8;
    private static final int MAJOR_XVD = 202;

    private DiskNumber() {}

    /**
     * The name of a device.
     *
     * @param id the name of its directory in xenstore
     * @return empty if no disk has that number
     */
    static Optional<String> name(String id) {
        int number;
        try {
            number = Integer.parseInt(id);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
        if (number < 0 || number >= EXTENDED << 1) {
            return Optional.empty();
        }
        if (number >= EXTENDED) {
            return Optional.of(name(number >>> 8 & 0xfffff, number & 0xff));
        }
        int minor = number & 0xff;
        return switch (number >>> 8) {
            case MAJOR_XVD, MAJOR_SD -> Optional.of(name(minor >>> 4, minor & 0xf));
            case MAJOR_HD -> Optional.of(name(minor >>> 6, minor & 0x3f));
            case MAJOR_SECOND_HD -> Optional.of(name((minor >>> 6) + 2, minor & 0x3f));
            default -> Optional.empty();
        };
    }

    private static String name(int disk, int partition) {
        return "xvd" + MachineDisks.letters(disk) + (partition == 0 ? "" : partition);
    }
}

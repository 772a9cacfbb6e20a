package dev.cortado.image.qemu;

import java.nio.file.Path;

/** Values in QEMU's options, which have commas between them (qemu(1), -drive). */
public final class OptionValue {
    private OptionValue() {}

    /** A path; a comma in it is written twice. */
    public static String of(Path path) {
        return path.toString().replace(",", ",,");
    }
}

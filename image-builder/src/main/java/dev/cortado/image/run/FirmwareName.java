package dev.cortado.image.run;

import java.util.Locale;

/** The kinds of firmware that boot an image. */
public enum FirmwareName {
    /** What QEMU comes with: SeaBIOS. */
    BIOS,
    /** EDK II's OVMF, which is a package of its own: {@link UefiFirmware}. */
    UEFI;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}

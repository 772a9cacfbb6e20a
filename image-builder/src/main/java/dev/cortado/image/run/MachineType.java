package dev.cortado.image.run;

import java.util.Locale;

/** The machines that QEMU offers for x86-64. */
public enum MachineType {
    /** The smallest and the fastest to start: no PCI. */
    MICROVM("microvm,rtc=on"),
    /** A PC with PCI Express. */
    Q35("q35"),
    /** A PC with PCI. */
    PC("pc");

    private final String argument;

    MachineType(String argument) {
        this.argument = argument;
    }

    String argument() {
        return argument;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}

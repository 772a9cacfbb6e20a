package dev.cortado.image.run;

import java.util.Locale;

/** How QEMU executes the guest's instructions. */
public enum Accelerator {
    /** The processor executes them: fast, but not available everywhere. */
    KVM("kvm"),
    /** QEMU translates them: works everywhere. */
    TCG("tcg");

    private final String argument;

    Accelerator(String argument) {
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

package dev.cortado.drivers.pci;

import java.io.IOException;

/** A device says something of itself that cannot be. The machine goes on without it. */
public final class PciException extends IOException {
    private static final long serialVersionUID = 1;

    public PciException(PciAddress device, String message) {
        super("pci " + device + ": " + message);
    }
}

package dev.cortado.drivers.intel;

import dev.cortado.drivers.pci.PciDevice;
import java.util.Optional;

/** Which card it is, as its device number says (SDM, table 5-1; 82574, 9.1.1.2). */
enum IntelModel {
    I82540EM(0x100e, "82540EM"),
    I82545EM(0x100f, "82545EM"),
    I82574L(0x10d3, "82574L");

    private static final int VENDOR = 0x8086;

    private final int device;
    private final String title;

    IntelModel(int device, String title) {
        this.device = device;
        this.title = title;
    }

    static Optional<IntelModel> of(PciDevice device) {
        for (IntelModel model : values()) {
            if (device.vendor() == VENDOR && device.device() == model.device) {
                return Optional.of(model);
            }
        }
        return Optional.empty();
    }

    String title() {
        return title;
    }

    /** Whether it is on PCI Express. */
    boolean isExpress() {
        return this == I82574L;
    }
}

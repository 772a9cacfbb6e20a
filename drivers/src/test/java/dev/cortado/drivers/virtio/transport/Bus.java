package dev.cortado.drivers.virtio.transport;

/** The ways to a device. */
public enum Bus {
    PCI,
    PCI_LEGACY,
    PCI_LEGACY_MESSAGES,
    MMIO,
    MMIO_LEGACY;

    public boolean isLegacy() {
        return this != PCI && this != MMIO;
    }

    public VirtioTransport transport(VirtioModel model) throws VirtioException {
        return switch (this) {
            case PCI ->
                    new PciTransport(
                            "pci 0000:00:03.0", model.type, new PciFace(model).structures());
            case PCI_LEGACY -> legacy(model, false);
            case PCI_LEGACY_MESSAGES -> legacy(model, true);
            case MMIO, MMIO_LEGACY -> new MmioTransport("mmio 0xfeb00000", new MmioFace(model));
        };
    }

    private static VirtioTransport legacy(VirtioModel model, boolean messages)
            throws VirtioException {
        return new LegacyPciTransport(
                "pci 0000:00:03.0", model.type, new LegacyPciFace(model, messages), messages);
    }
}

package dev.cortado.drivers.pci;

import java.util.List;
import java.util.Optional;

/**
 * A function of a device, for its driver. What takes more than its header is read when it is asked
 * for: the machine's other devices cost nothing. For one thread at a time.
 */
public final class PciDevice {
    /** 16 bits of a device that is not there any more. */
    private static final int GONE = 0xffff;

    private static final int HOST_BRIDGE = 0x0600;

    private final PciFunction function;
    private final PciDevice bridge;
    private final int vendor;
    private final int device;
    private final int classCode;
    private List<BaseAddress> baseAddresses;
    private List<Capability> capabilities;

    /**
     * @param bridge that it is behind; null on a root bus
     */
    PciDevice(PciFunction function, PciDevice bridge) {
        this.function = function;
        this.bridge = bridge;
        vendor = function.read16(ConfigurationHeader.VENDOR_ID);
        device = function.read16(ConfigurationHeader.DEVICE_ID);
        // Whole registers, since 3 bytes cannot be read at once.
        classCode = function.read32(ConfigurationHeader.REVISION_ID) >>> 8;
    }

    /** Its registers, for what this class does not know. */
    public PciFunction function() {
        return function;
    }

    public PciAddress address() {
        return function.address();
    }

    public int vendor() {
        return vendor;
    }

    public int device() {
        return device;
    }

    /** 24 bits: base class, sub-class, programming interface. */
    public int classCode() {
        return classCode;
    }

    public int subsystem() {
        return function.read16(ConfigurationHeader.SUBSYSTEM_ID);
    }

    /** The bridge that it is behind; null on a root bus. */
    public PciDevice bridge() {
        return bridge;
    }

    /** Whether it is there as it was found: it may be gone, or another one may have come. */
    public boolean isThere() {
        return function.read16(ConfigurationHeader.VENDOR_ID) == vendor
                && function.read16(ConfigurationHeader.DEVICE_ID) == device
                && (baseAddresses == null || baseAddresses.stream().allMatch(this::isWhereItWas));
    }

    /** A device that has just come knows none of its addresses. */
    private boolean isWhereItWas(BaseAddress base) {
        int flags = base.isMemory() ? 0xf : 0x3;
        int register = ConfigurationHeader.BASE_ADDRESSES + base.index() * Integer.BYTES;
        return (function.read32(register) & ~flags) == (int) base.address();
    }

    public boolean isBridge() {
        return function.headerType() == ConfigurationHeader.TYPE_BRIDGE;
    }

    /** The bus that is right behind a bridge. */
    public int secondaryBus() {
        return function.read8(ConfigurationHeader.SECONDARY_BUS);
    }

    /** Its memory and ports; none of a host bridge, which has to go on decoding. */
    public List<BaseAddress> baseAddresses() throws PciException {
        if (baseAddresses == null) {
            baseAddresses =
                    classCode >>> 8 == HOST_BRIDGE ? List.of() : BaseAddresses.read(function);
        }
        return baseAddresses;
    }

    /** The one whose first register has that index. */
    public BaseAddress baseAddress(int index) throws PciException {
        for (BaseAddress address : baseAddresses()) {
            if (address.index() == index && address.isAssigned()) {
                return address;
            }
        }
        throw function.error("it has no base address " + index);
    }

    /** The addresses that it has. */
    public List<AddressWindow> assignedWindows() throws PciException {
        return baseAddresses().stream()
                .filter(BaseAddress::isAssigned)
                .map(AddressWindow::of)
                .toList();
    }

    /** The addresses that a bridge passes on. */
    public List<AddressWindow> passedWindows() {
        return BridgeWindows.of(function);
    }

    /** Of {@link CapabilityIds}, in their order. */
    public List<Capability> capabilities() throws PciException {
        if (capabilities == null) {
            capabilities = List.copyOf(CapabilityLists.read(function));
        }
        return capabilities;
    }

    /** The first of a kind. */
    public Optional<Capability> capability(int id) throws PciException {
        for (Capability capability : capabilities()) {
            if (capability.id() == id) {
                return Optional.of(capability);
            }
        }
        return Optional.empty();
    }

    public Optional<MsiCapability> msi() throws PciException {
        Optional<Capability> found = capability(CapabilityIds.MSI);
        return found.isEmpty()
                ? Optional.empty()
                : Optional.of(new MsiCapability(function, found.get().offset()));
    }

    public Optional<MsixCapability> msix() throws PciException {
        Optional<Capability> found = capability(CapabilityIds.MSI_X);
        return found.isEmpty()
                ? Optional.empty()
                : Optional.of(new MsixCapability(function, found.get().offset(), baseAddresses()));
    }

    /** It answers nowhere, and has other addresses from now on. */
    void disableDecoding() {
        function.command(ConfigurationHeader.COMMAND_PORTS | ConfigurationHeader.COMMAND_MEMORY, 0);
    }

    /** Gives one of its base addresses an address, 0 for none, while it does not decode. */
    void assign(BaseAddress base, long address) {
        int register = ConfigurationHeader.BASE_ADDRESSES + base.index() * Integer.BYTES;
        function.write32(register, (int) address);
        if (base.kind() == BaseAddress.Kind.MEMORY_64) {
            function.write32(register + Integer.BYTES, (int) (address >>> Integer.SIZE));
        }
        baseAddresses = null; // to be read again
    }

    /** It answers at its memory and ports. */
    public void enableDecoding() throws PciException {
        int bits = 0;
        for (BaseAddress address : baseAddresses()) {
            if (address.isAssigned()) {
                bits |=
                        address.isMemory()
                                ? ConfigurationHeader.COMMAND_MEMORY
                                : ConfigurationHeader.COMMAND_PORTS;
            }
        }
        function.command(0, bits);
    }

    /** Whether it may read and write memory, and send messages. */
    public void setBusMastering(boolean allowed) {
        int bit = ConfigurationHeader.COMMAND_BUS_MASTER;
        function.command(bit, allowed ? bit : 0);
    }

    /** Whether it may interrupt by its pin. */
    public void setPinEnabled(boolean enabled) {
        int bit = ConfigurationHeader.COMMAND_INTERRUPT_DISABLE;
        function.command(bit, enabled ? 0 : bit);
    }

    /** Whether it wants to interrupt by its pin, and may or may not (6.2.3). */
    public boolean isPinRaised() {
        int status = function.read16(ConfigurationHeader.STATUS);
        return status != GONE && (status & ConfigurationHeader.STATUS_INTERRUPT) != 0;
    }

    /** What the firmware says of its line; 255 is nothing. Only without ACPI to be believed. */
    public int interruptLine() {
        return function.read8(ConfigurationHeader.INTERRUPT_LINE);
    }

    /** Its interrupt pin as its root bus sees it; empty if it has none. */
    public Optional<InterruptPin> pin() throws PciException {
        int pin = function.read8(ConfigurationHeader.INTERRUPT_PIN);
        if (pin == 0) {
            return Optional.empty();
        }
        if (pin > 4) {
            throw function.error("interrupt pin " + pin);
        }
        PciDevice at = this;
        while (at.bridge != null) {
            pin = InterruptPin.throughBridge(pin, at.address().device());
            at = at.bridge;
        }
        PciAddress end = at.address();
        return Optional.of(new InterruptPin(end.segment(), end.bus(), end.device(), pin));
    }

    /** For a device that nobody claims: where it is, its numbers, and in words what they mean. */
    @Override
    public String toString() {
        return "pci "
                + address()
                + " ["
                + PciAddress.hex(vendor, 4)
                + ':'
                + PciAddress.hex(device, 4)
                + "] "
                + DeviceNames.vendor(vendor)
                + ", "
                + DeviceNames.deviceClass(classCode);
    }
}

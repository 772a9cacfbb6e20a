package dev.cortado.drivers.pci.host;

import dev.cortado.drivers.acpi.PinInterrupt;
import dev.cortado.drivers.pci.InterruptPin;
import dev.cortado.drivers.pci.MsiCapability;
import dev.cortado.drivers.pci.MsixCapability;
import dev.cortado.drivers.pci.MsixTable;
import dev.cortado.drivers.pci.PciDevice;
import dev.cortado.drivers.pci.PciException;
import dev.cortado.drivers.register.RegisterWindow;
import dev.cortado.drivers.register.Registers;
import dev.cortado.kernel.device.DeviceInterrupt;
import dev.cortado.kernel.firmware.Firmware;
import dev.cortado.kernel.firmware.InterruptOverrides;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/**
 * A device's interrupts on their way to a CPU: messages where it has MSI-X or MSI, otherwise its
 * pin.
 */
public final class PciInterrupt implements AutoCloseable {
    /** Lines of the ISA bus, which the firmware may say for a pin. */
    private static final int ISA_LINES = 16;

    private final PciDevice device;
    private final DeviceInterrupt interrupt;
    private final InterruptMask mask;

    /** Ends messages; null: it is the pin. */
    private final Runnable endMessages;

    private PciInterrupt(
            PciDevice device, DeviceInterrupt interrupt, InterruptMask mask, Runnable endMessages) {
        this.device = device;
        this.interrupt = interrupt;
        this.mask = mask;
        this.endMessages = endMessages;
        describe("pci " + device.address());
    }

    /** What the device is called in messages of its interrupts. */
    public void describe(String name) {
        interrupt.describe(name, mask);
    }

    /**
     * Lets a device interrupt a CPU.
     *
     * @param messages how many its driver wants; it gets fewer if the device has fewer, and one
     *     line if it has none
     * @throws IOException the device has none that reaches the CPU
     */
    public static PciInterrupt open(PciDevice device, PciRegisters registers, int messages, int cpu)
            throws IOException {
        int[] cpus = new int[messages];
        Arrays.fill(cpus, cpu);
        return open(device, registers, cpus);
    }

    /**
     * Lets a device interrupt several CPUs, as {@link #open(PciDevice, PciRegisters, int, int)}
     * does one.
     *
     * @param cpus one for each message; a line goes to the first
     */
    public static PciInterrupt open(PciDevice device, PciRegisters registers, int[] cpus)
            throws IOException {
        Optional<MsixCapability> msix = device.msix();
        if (msix.isPresent()) {
            return byMessages(device, registers, msix.get(), cpus);
        }
        Optional<MsiCapability> msi = device.msi();
        return msi.isPresent() ? byMessage(device, msi.get(), cpus[0]) : byPin(device, cpus[0]);
    }

    private static PciInterrupt byMessages(
            PciDevice device, PciRegisters registers, MsixCapability msix, int[] cpus)
            throws IOException {
        long bytes = (long) msix.vectors() * MsixTable.ENTRY_BYTES;
        Registers window =
                new RegisterWindow(registers.map(msix.base()), msix.tableOffset(), bytes);
        MsixTable table = new MsixTable(window, msix.vectors());
        int messages = Math.min(cpus.length, msix.vectors());
        DeviceInterrupt interrupt = DeviceInterrupt.ofMessages(Arrays.copyOf(cpus, messages));
        device.setPinEnabled(false);
        for (int i = 0; i < interrupt.count(); i++) {
            table.set(i, interrupt.messageAddress(i), interrupt.messageData(i));
        }
        msix.enable(true);
        for (int i = 0; i < interrupt.count(); i++) {
            table.unmask(i);
        }
        Runnable end =
                () -> {
                    msix.maskAll(true);
                    msix.enable(false);
                };
        InterruptMask mask = new InterruptMask(() -> false, msix::maskAll);
        return new PciInterrupt(device, interrupt, mask, end);
    }

    private static PciInterrupt byMessage(PciDevice device, MsiCapability msi, int cpu)
            throws IOException {
        DeviceInterrupt interrupt = DeviceInterrupt.ofMessages(cpu, 1);
        device.setPinEnabled(false);
        msi.set(interrupt.messageAddress(0), interrupt.messageData(0));
        msi.mask(false);
        msi.enable(true);
        InterruptMask mask =
                new InterruptMask(
                        () -> false, msi.isMaskable() ? msi::mask : masked -> msi.enable(!masked));
        return new PciInterrupt(device, interrupt, mask, () -> msi.enable(false));
    }

    private static PciInterrupt byPin(PciDevice device, int cpu) throws IOException {
        Optional<InterruptPin> pin = device.pin();
        if (pin.isEmpty()) {
            throw new PciException(device.address(), "it has neither MSI-X nor a pin");
        }
        Optional<PinInterrupt> routed = PinRouting.find(device.function().space(), pin.get());
        PinInterrupt end = routed.isPresent() ? routed.get() : byLine(device);
        DeviceInterrupt interrupt =
                DeviceInterrupt.ofLine(end.number(), cpu, end.isLevel(), end.isLow());
        device.setPinEnabled(true);
        InterruptMask mask =
                new InterruptMask(device::isPinRaised, masked -> device.setPinEnabled(!masked));
        return new PciInterrupt(device, interrupt, mask, null);
    }

    /** Without ACPI: the line that the firmware has chosen for interrupt controllers of old. */
    private static PinInterrupt byLine(PciDevice device) throws PciException {
        int line = device.interruptLine();
        if (line == 0 || line >= ISA_LINES) {
            throw new PciException(
                    device.address(), "it has no MSI-X, and no pin on a line: " + line);
        }
        InterruptOverrides overrides = Firmware.tables().topology().overrides();
        // Pins are level-triggered and active low (PCI 3.0, 2.2.6), whatever ISA's lines are.
        boolean activeLow = !overrides.isLevelTriggered(line) || overrides.isActiveLow(line);
        return new PinInterrupt((int) overrides.globalInterrupt(line), true, activeLow);
    }

    /** Whether it is messages, and not a line. */
    public boolean isMessages() {
        return endMessages != null;
    }

    public DeviceInterrupt interrupt() {
        return interrupt;
    }

    /** The device interrupts nobody any more. */
    @Override
    public void close() {
        mask.close();
        if (endMessages != null) {
            endMessages.run();
        } else {
            device.setPinEnabled(false);
        }
        interrupt.close();
    }
}

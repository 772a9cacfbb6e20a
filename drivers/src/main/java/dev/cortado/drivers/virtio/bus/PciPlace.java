package dev.cortado.drivers.virtio.bus;

import dev.cortado.drivers.pci.PciDevice;
import dev.cortado.drivers.pci.host.PciInterrupt;
import dev.cortado.drivers.pci.host.PciRegisters;
import dev.cortado.drivers.virtio.transport.LegacyPciTransport;
import dev.cortado.drivers.virtio.transport.PciStructures;
import dev.cortado.drivers.virtio.transport.PciTransport;
import dev.cortado.drivers.virtio.transport.VirtioTransport;
import dev.cortado.kernel.device.DeviceInterrupt;
import java.io.IOException;

/** A virtio device on PCI (VIRTIO 1.2, 4.1). */
final class PciPlace extends VirtioPlace {
    /** 4.1.2: vendor, and numbers of devices: transitional ones first, then type by type. */
    private static final int VENDOR = 0x1af4;

    private static final int FIRST_TRANSITIONAL = 0x1000;
    private static final int FIRST_MODERN = 0x1040;
    private static final int LAST_MODERN = 0x107f;

    /** Where legacy registers are (4.1.4.10). */
    private static final int LEGACY_BASE = 0;

    private final PciDevice device;

    PciPlace(PciDevice device) {
        super("pci " + device.address(), deviceType(device));
        this.device = device;
    }

    boolean isOf(PciDevice other) {
        return device == other;
    }

    /** Whether it is a virtio device. */
    static boolean isPlace(PciDevice device) {
        return device.vendor() == VENDOR
                && device.device() >= FIRST_TRANSITIONAL
                && device.device() <= LAST_MODERN;
    }

    /** 4.1.2.1 and 4.1.2.3: part of its number, or its subsystem. */
    private static int deviceType(PciDevice device) {
        return device.device() >= FIRST_MODERN
                ? device.device() - FIRST_MODERN
                : device.subsystem();
    }

    private record Connection(
            PciDevice device,
            PciRegisters registers,
            PciInterrupt source,
            VirtioTransport transport)
            implements BusConnection {
        @Override
        public DeviceInterrupt interrupt() {
            return source.interrupt();
        }

        @Override
        public boolean isMessages() {
            return source.isMessages();
        }

        @Override
        public void admitToMemory() {
            device.setBusMastering(true);
        }

        @Override
        public boolean keepFromMemory() {
            device.setBusMastering(false);
            return true;
        }

        @Override
        public boolean close() {
            boolean kept = keepFromMemory();
            try {
                source.close();
            } finally {
                registers.close();
            }
            return kept;
        }
    }

    @Override
    BusConnection connect(int[] cpus) throws IOException {
        device.enableDecoding();
        PciRegisters registers = new PciRegisters(device);
        PciInterrupt interrupt = null;
        Connection connection = null;
        try {
            interrupt = PciInterrupt.open(device, registers, cpus);
            interrupt.describe(toString());
            connection =
                    new Connection(device, registers, interrupt, transport(registers, interrupt));
            return connection;
        } finally {
            if (connection == null) {
                if (interrupt != null) {
                    interrupt.close();
                }
                registers.close();
            }
        }
    }

    /** After it was decided how it interrupts, which moves legacy registers. */
    private VirtioTransport transport(PciRegisters registers, PciInterrupt interrupt)
            throws IOException {
        if (PciStructures.isModern(device)) {
            return new PciTransport(
                    name(), deviceType(), PciStructures.map(device, registers::map));
        }
        return new LegacyPciTransport(
                name(),
                deviceType(),
                registers.map(device.baseAddress(LEGACY_BASE)),
                interrupt.isMessages());
    }
}

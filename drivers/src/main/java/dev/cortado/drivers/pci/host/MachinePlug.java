package dev.cortado.drivers.pci.host;

import dev.cortado.drivers.acpi.AcpiMachine;
import dev.cortado.drivers.acpi.AmlThread;
import dev.cortado.drivers.acpi.DefinitionBlocks;
import dev.cortado.drivers.acpi.aml.AmlException;
import dev.cortado.drivers.acpi.aml.AmlHost;
import dev.cortado.drivers.acpi.aml.AmlLimits;
import dev.cortado.drivers.acpi.event.GeneralEvents;
import dev.cortado.drivers.power.EventPorts;
import dev.cortado.drivers.register.PortRegisters;
import dev.cortado.kernel.cpu.CpuId;
import dev.cortado.kernel.firmware.Firmware;
import dev.cortado.kernel.memory.PhysicalWindow;
import java.util.List;
import java.util.function.Consumer;

/** Hot plug on this machine, in a thread that waits until its firmware says something. */
final class MachinePlug {
    private static final int PORTS = 1 << 16;

    /** Before that is tried again for which there was no memory. */
    private static final long PAUSE_MILLISECONDS = 100;

    private MachinePlug() {}

    /** Nothing on machines where no device can be ejected, or whose firmware has no events. */
    static void start(PciBus bus, Consumer<String> log) {
        List<byte[]> tables = tables();
        if (!DefinitionBlocks.mention(tables, "_EJ0")) {
            return;
        }
        EventPorts ports;
        try (PhysicalWindow window = new PhysicalWindow()) {
            ports = EventPorts.open(Firmware.tables().eventBlocks(window, limit()));
        }
        if (ports == null) {
            return;
        }
        GeneralEvents events =
                new GeneralEvents(
                        ports,
                        tables,
                        host -> load(bus, host),
                        new PlugEvents(bus, log),
                        log,
                        System::nanoTime);
        AmlThread.start("hot plug", () -> run(ports, events));
    }

    private static void run(EventPorts ports, GeneralEvents events) {
        try {
            while (true) {
                if (isServed(events)) {
                    ports.await();
                } else {
                    Thread.sleep(PAUSE_MILLISECONDS);
                }
            }
        } catch (InterruptedException e) {
            // Nobody does that but a machine that ends.
        }
    }

    /** False: there is no memory for it now, and nobody tells of it again. */
    private static boolean isServed(GeneralEvents events) {
        try {
            events.service();
            return true;
        } catch (OutOfMemoryError e) {
            return false;
        }
    }

    private static long limit() {
        return 1L << CpuId.physicalAddressBits();
    }

    private static List<byte[]> tables() {
        try (PhysicalWindow window = new PhysicalWindow()) {
            return Firmware.tables().definitionBlocks(window, limit());
        }
    }

    /** Its memory stays within reach, for methods that are called later. */
    private static AcpiMachine load(PciBus bus, AmlHost host) throws AmlException {
        PhysicalWindow window = new PhysicalWindow();
        boolean done = false;
        try {
            PlugRegions regions =
                    new PlugRegions(
                            window::readByte, limit(), bus.spaces(), new PortRegisters(0, PORTS));
            AcpiMachine machine = AcpiMachine.load(tables(), regions, host, AmlLimits.DEFAULT);
            done = true;
            return machine;
        } finally {
            if (!done) {
                window.close();
            }
        }
    }
}

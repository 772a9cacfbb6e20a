package dev.cortado.drivers.virtio.bus;

import dev.cortado.drivers.acpi.AcpiMachine;
import dev.cortado.drivers.acpi.AmlThread;
import dev.cortado.drivers.acpi.DefinitionBlocks;
import dev.cortado.drivers.acpi.ReadableMemory;
import dev.cortado.drivers.acpi.VirtioMmio;
import dev.cortado.drivers.acpi.aml.AmlException;
import dev.cortado.drivers.acpi.aml.AmlHost;
import dev.cortado.drivers.acpi.aml.AmlLimits;
import dev.cortado.drivers.acpi.aml.RegionAccess;
import dev.cortado.drivers.acpi.resource.Interrupts;
import dev.cortado.drivers.virtio.transport.MmioPlace;
import dev.cortado.kernel.cpu.CpuId;
import dev.cortado.kernel.firmware.Firmware;
import dev.cortado.kernel.memory.PhysicalWindow;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Where ACPI's tables say that virtio devices with registers in memory are. */
final class AcpiPlaces {
    private AcpiPlaces() {}

    /** This machine's; what cannot be is told. */
    static List<MmioPlace> find(Consumer<String> problems) {
        long limit = 1L << CpuId.physicalAddressBits();
        List<MmioPlace> places = new ArrayList<>();
        try (PhysicalWindow window = new PhysicalWindow()) {
            List<byte[]> tables = Firmware.tables().definitionBlocks(window, limit);
            if (isMentionedIn(tables)) {
                RegionAccess access = new ReadableMemory(window::readByte, limit);
                AmlThread.run("virtio", () -> places.addAll(find(tables, access, problems)));
            }
        }
        return places;
    }

    /** Most machines have no such device, and need no thread to know that. */
    private static boolean isMentionedIn(List<byte[]> tables) {
        return DefinitionBlocks.mention(tables, VirtioMmio.HARDWARE_ID);
    }

    /**
     * @param tables the DSDT and then the SSDTs, which are run if there can be such devices
     */
    static List<MmioPlace> find(
            List<byte[]> tables, RegionAccess access, Consumer<String> problems) {
        List<MmioPlace> places = new ArrayList<>();
        if (!isMentionedIn(tables)) {
            return places;
        }
        try {
            AcpiMachine machine = AcpiMachine.load(tables, access, AmlHost.NONE, AmlLimits.DEFAULT);
            for (VirtioMmio device : machine.virtioMmio()) {
                Interrupts interrupt = device.interrupt();
                int number = interrupt.numbers().getFirst();
                places.add(
                        MmioPlace.of(device.address(), device.length(), number, -1)
                                .withTrigger(interrupt.isLevel(), interrupt.isLow()));
            }
        } catch (AmlException | IllegalArgumentException e) {
            problems.accept("ACPI's virtio devices: " + e.getMessage());
        }
        return places;
    }
}

package dev.cortado.drivers.generation;

import dev.cortado.drivers.acpi.AmlThread;
import dev.cortado.drivers.acpi.ReadableMemory;
import dev.cortado.drivers.acpi.aml.AmlException;
import dev.cortado.kernel.cpu.CpuId;
import dev.cortado.kernel.firmware.Firmware;
import dev.cortado.kernel.memory.DeviceMemory;
import dev.cortado.kernel.memory.PhysicalWindow;
import dev.cortado.kernel.memory.VirtualMemory;

/** The generation where a PC's firmware says that it is; looked for when it is first asked for. */
public final class AcpiGeneration implements GenerationId {
    private final VirtualMemory memory = new VirtualMemory();
    private volatile boolean searched;

    /** Where the 16 bytes are mapped, 0 if there are none. */
    private long address;

    @Override
    public long low() {
        return read(0);
    }

    @Override
    public long high() {
        return read(Long.BYTES);
    }

    private long read(int offset) {
        if (!searched) {
            search();
        }
        return address == 0 ? 0 : memory.readLong(address + offset);
    }

    private synchronized void search() {
        if (searched) {
            return;
        }
        if (isMentioned()) {
            AmlThread.run("generation", this::findAndMap);
        }
        searched = true;
    }

    /** Most machines have no such device, and need no thread to know that. */
    private static boolean isMentioned() {
        try (PhysicalWindow window = new PhysicalWindow()) {
            return GenerationAddress.isMentioned(
                    Firmware.tables().definitionBlocks(window, physicalLimit()));
        }
    }

    private static long physicalLimit() {
        return 1L << CpuId.physicalAddressBits();
    }

    /** Firmware leaves the address in memory; nothing else has to be touched to know it. */
    private void findAndMap() {
        long limit = physicalLimit();
        try (PhysicalWindow window = new PhysicalWindow()) {
            long physical =
                    GenerationAddress.find(
                            Firmware.tables().definitionBlocks(window, limit),
                            new ReadableMemory(window::readByte, limit),
                            limit);
            if (physical != GenerationAddress.NONE) {
                address = DeviceMemory.map(physical, GenerationAddress.BYTES);
            }
        } catch (AmlException e) {
            System.err.println(
                    "cortado: copies of this machine are not told apart: " + e.getMessage());
        }
    }
}

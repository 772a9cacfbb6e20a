package dev.cortado.drivers.generation;

import dev.cortado.drivers.acpi.AcpiMachine;
import dev.cortado.drivers.acpi.DefinitionBlocks;
import dev.cortado.drivers.acpi.aml.AmlException;
import dev.cortado.drivers.acpi.aml.AmlHost;
import dev.cortado.drivers.acpi.aml.AmlLimits;
import dev.cortado.drivers.acpi.aml.RegionAccess;
import java.util.List;

/** Where the generation's 16 bytes are, as a device of ACPI's says. */
final class GenerationAddress {
    /** There is no such device. */
    static final long NONE = 0;

    static final int BYTES = 16;

    /** What the device is compatible with, or its name for people: both are in the table. */
    private static final String NAME = "VM_Gen_Counter";

    /** The specification wants them aligned so. */
    private static final int ALIGNMENT = 8;

    private GenerationAddress() {}

    /** Whether it is worth while to run the tables: most machines have no such device. */
    static boolean isMentioned(List<byte[]> tables) {
        return DefinitionBlocks.mention(tables, NAME);
    }

    /**
     * Asks the device.
     *
     * @param tables the DSDT and then the SSDTs
     * @param limit physical addresses end there
     * @return a physical address, {@link #NONE} if there is no such device
     * @throws AmlException the tables are damaged, or what the device says cannot be
     */
    static long find(List<byte[]> tables, RegionAccess access, long limit) throws AmlException {
        if (!isMentioned(tables)) {
            return NONE;
        }
        AcpiMachine machine = AcpiMachine.load(tables, access, AmlHost.NONE, AmlLimits.DEFAULT);
        long address = machine.generationIdAddress().orElse(NONE);
        if (address < 0 || address > limit - BYTES || address % ALIGNMENT != 0) {
            throw new AmlException("no generation ID can be at 0x" + Long.toHexString(address));
        }
        return address;
    }
}

package dev.cortado.kernel.firmware;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.kernel.memory.PhysicalMemory;
import java.util.ArrayList;
import java.util.List;

/**
 * All that the kernel wants to know from the firmware's tables. Read once, early: the memory of the
 * tables may be handed out afterwards.
 */
public final class FirmwareTables {
    /** The HPET table (IA-PC HPET Specification 1.0a, 3.2.4): where in it the address is. */
    private static final int HPET_ADDRESS = 40;

    private static final int HPET_BYTES = 56;

    /** More are not looked into. */
    private static final int MAXIMUM_SSDTS = 32;

    /** Of all definition blocks together; those of real machines have some hundred kilobytes. */
    private static final long MAXIMUM_DEFINITION_BYTES = 4 << 20;

    private final FirmwareMemory memory;
    private final AcpiTables acpi;
    private final MultiProcessorTable multiProcessor;

    private final InterruptTopology topology = new InterruptTopology();
    private final RegisterAddress eventTimer = new RegisterAddress();
    private final PowerRegisters power = new PowerRegisters();
    private final SleepTypes sleepTypes = new SleepTypes();
    private final PanicPort panicPort = new PanicPort();
    private final PciConfigurationAreas pciConfiguration = new PciConfigurationAreas();
    private boolean damaged;

    /**
     * @param limit physical addresses from here on cannot be read yet; tables that reach there are
     *     not used
     */
    public FirmwareTables(PhysicalMemory physical, long limit) {
        memory = new FirmwareMemory(physical, limit);
        acpi = new AcpiTables(memory);
        multiProcessor = new MultiProcessorTable(memory);
    }

    /**
     * Reads the tables. Whatever they do not say stays empty or at its default.
     *
     * @param rsdp physical address of ACPI's Root System Description Pointer if the loader knows
     *     it, or 0
     * @return whether the {@link #topology} is known; if not, it has no CPUs and no IO-APICs
     */
    @Uninterruptible(reason = FirmwareMemory.REASON)
    public boolean read(long rsdp) {
        power.clear();
        sleepTypes.clear();
        panicPort.clear();
        pciConfiguration.clear();
        eventTimer.clear();
        if (acpi.open(rsdp) || acpi.search()) {
            long fadt = acpi.find(AcpiTables.FADT, 0);
            if (fadt != AcpiTables.NONE) {
                power.read(memory, fadt, acpi.length(fadt));
                readDefinitions();
            }
            long hpet = acpi.find(AcpiTables.HPET, 0);
            if (hpet != AcpiTables.NONE && acpi.length(hpet) >= HPET_BYTES) {
                eventTimer.read(memory, hpet + HPET_ADDRESS);
            }
            long mcfg = acpi.find(AcpiTables.MCFG, 0);
            if (mcfg != AcpiTables.NONE) {
                pciConfiguration.read(memory, mcfg, acpi.length(mcfg));
            }
            long madt = acpi.find(AcpiTables.MADT, 0);
            if (madt != AcpiTables.NONE && Madt.read(memory, madt, acpi.length(madt), topology)) {
                return true;
            }
            damaged = madt != AcpiTables.NONE;
        }
        topology.clear();
        return multiProcessor.read(topology);
    }

    /**
     * Whether there is a table of ACPI's that is not used: its length or its contents are wrong.
     */
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public boolean isDamaged() {
        return damaged || acpi.isDamaged();
    }

    /** What is in the DSDT; the sleeping state may be in an SSDT as well, the first that has it. */
    @Uninterruptible(reason = FirmwareMemory.REASON)
    private void readDefinitions() {
        long table = power.definitions();
        if (acpi.isTable(table, AcpiTables.DSDT)) {
            sleepTypes.read(memory, table, acpi.length(table));
            panicPort.read(memory, table, acpi.length(table));
        }
        for (int i = 0; i < MAXIMUM_SSDTS && !sleepTypes.areKnown(); i++) {
            table = acpi.find(AcpiTables.SSDT, i);
            if (table == AcpiTables.NONE) {
                return;
            }
            sleepTypes.read(memory, table, acpi.length(table));
        }
    }

    /**
     * Copies of the DSDT and then of the SSDTs, as they are now: those that are sound, as many as
     * go into 4 MiB. None if there is no DSDT.
     *
     * @param physical memory that can be read now, when the early one cannot any more
     * @param limit physical addresses from here on cannot be read
     */
    public List<byte[]> definitionBlocks(PhysicalMemory physical, long limit) {
        FirmwareMemory now = new FirmwareMemory(physical, limit);
        AcpiTables tables = acpi.in(now);
        List<byte[]> blocks = new ArrayList<>();
        long table = power.definitions();
        if (!tables.isTable(table, AcpiTables.DSDT)) {
            return blocks;
        }
        long left = MAXIMUM_DEFINITION_BYTES;
        for (int i = 0; i <= MAXIMUM_SSDTS && table != AcpiTables.NONE; i++) {
            left -= tables.length(table);
            if (left < 0) {
                break;
            }
            blocks.add(now.copy(table, (int) tables.length(table)));
            table = tables.find(AcpiTables.SSDT, i);
        }
        return blocks;
    }

    /**
     * Where general purpose events are; none where the tables are not sound any more.
     *
     * @param physical as for {@link #definitionBlocks}
     * @param limit physical addresses from here on cannot be read
     */
    public List<EventBlock> eventBlocks(PhysicalMemory physical, long limit) {
        FirmwareMemory now = new FirmwareMemory(physical, limit);
        AcpiTables tables = acpi.in(now);
        long fadt = tables.find(AcpiTables.FADT, 0);
        return fadt == AcpiTables.NONE || power.isHardwareReduced()
                ? List.of()
                : EventBlock.read(now, fadt, tables.length(fadt));
    }

    /** Where QEMU's device pvpanic is; 0 if the machine has none. */
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public int panicPort() {
        return panicPort.port();
    }

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public SleepTypes sleepTypes() {
        return sleepTypes;
    }

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public InterruptTopology topology() {
        return topology;
    }

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public PowerRegisters power() {
        return power;
    }

    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public PciConfigurationAreas pciConfiguration() {
        return pciConfiguration;
    }

    /** Physical address of the high precision event timer's registers, 0 if there is none. */
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    public long eventTimer() {
        return eventTimer.isPort() ? 0 : eventTimer.address();
    }
}

package dev.cortado.drivers.acpi;

import dev.cortado.drivers.acpi.aml.AmlException;
import dev.cortado.drivers.acpi.aml.RegionAccess;
import java.util.function.LongToIntFunction;

/** The machine's memory, which AML may read. */
public class ReadableMemory implements RegionAccess {
    private final LongToIntFunction memory;
    private final long limit;

    /**
     * @param memory the byte at a physical address
     * @param limit physical addresses from here on cannot be read
     */
    public ReadableMemory(LongToIntFunction memory, long limit) {
        this.memory = memory;
        this.limit = limit;
    }

    @Override
    public final long readMemory(long address, int bytes) throws AmlException {
        if (address < 0 || address > limit - bytes) {
            throw new AmlException("no memory is at 0x" + Long.toHexString(address));
        }
        long value = 0;
        for (int i = bytes - 1; i >= 0; i--) {
            value = value << Byte.SIZE | memory.applyAsInt(address + i) & 0xff;
        }
        return value;
    }
}

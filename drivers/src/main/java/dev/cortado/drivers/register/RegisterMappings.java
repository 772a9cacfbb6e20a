package dev.cortado.drivers.register;

import dev.cortado.kernel.cpu.CpuId;
import dev.cortado.kernel.memory.DeviceMemory;
import dev.cortado.kernel.memory.MemoryMap;
import dev.cortado.kernel.memory.PageCaching;
import dev.cortado.kernel.memory.VirtualMemory;
import dev.cortado.kernel.start.BootInformation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Memory of devices that one owner has mapped, uncached, until it is closed. */
public final class RegisterMappings implements AutoCloseable {
    /** Of a page table's entry (Intel SDM vol. 3, 5.5.4). */
    private static final int MOST_ADDRESS_BITS = 52;

    /** More than any device needs, and far less than there are addresses for devices. */
    private static final long MOST_BYTES = 64L << 30;

    private record Mapping(long address, long bytes) {}

    private final List<Mapping> mappings = new ArrayList<>();

    /**
     * Maps registers.
     *
     * @param physical where they are, a multiple of 4
     * @param bytes at most 64 GiB
     * @throws IOException there is RAM, or nothing that the CPU can reach, or no memory for the
     *     page tables
     */
    public synchronized Registers map(long physical, long bytes) throws IOException {
        if (bytes > MOST_BYTES) {
            throw error(physical, bytes, "are more than the 64 GiB that a device may have");
        }
        if (!isReachable(physical, bytes, CpuId.physicalAddressBits())
                || isMemory(physical, bytes)) {
            throw error(physical, bytes, "cannot be a device's");
        }
        long address = DeviceMemory.map(physical, bytes, PageCaching.UNCACHED);
        if (address == 0) {
            throw error(physical, bytes, "cannot be mapped");
        }
        mappings.add(new Mapping(address, bytes));
        return new MappedRegisters(new VirtualMemory(), address, bytes);
    }

    /** Whether the CPU has such addresses: others in its page tables are faults, or flags. */
    static boolean isReachable(long physical, long bytes, int addressBits) {
        long end = 1L << Math.min(addressBits, MOST_ADDRESS_BITS);
        return physical > 0 && bytes > 0 && bytes <= end && physical <= end - bytes;
    }

    /** Whether some of it is the machine's RAM, of which the kernel has made something else. */
    private static boolean isMemory(long physical, long bytes) {
        MemoryMap memory = BootInformation.memory();
        for (int i = 0; i < memory.count(); i++) {
            if (physical < memory.end(i) && memory.begin(i) - physical < bytes) {
                return true;
            }
        }
        return false;
    }

    private static IOException error(long physical, long bytes, String why) {
        return new IOException(
                "0x"
                        + Long.toHexString(bytes)
                        + " bytes at physical address 0x"
                        + Long.toHexString(physical)
                        + ' '
                        + why);
    }

    /** Nobody uses them any more. */
    @Override
    public synchronized void close() {
        while (!mappings.isEmpty()) { // which needs no memory
            Mapping last = mappings.removeLast();
            DeviceMemory.unmap(last.address(), last.bytes());
        }
    }
}

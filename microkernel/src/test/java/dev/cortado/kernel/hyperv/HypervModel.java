package dev.cortado.kernel.hyperv;

import dev.cortado.kernel.memory.HypervisorPage;
import dev.cortado.kernel.time.TickCounter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A hypervisor as the Top Level Functional Specification describes it, with one CPU. */
final class HypervModel extends HypervisorPage implements HypervMachine, TickCounter {
    /** Where the guest's page is for the hypervisor. */
    static final long PHYSICAL = 0x12_3000;

    /** And for the guest. */
    static final long VIRTUAL = 0x7f00_0000_0000L;

    boolean isVirtual = true;
    final Map<Integer, int[]> leaves = new HashMap<>();
    final Map<Integer, Long> registers = new HashMap<>();

    /** "index=value" of each write, in order, in hexadecimal. */
    final List<String> writes = new ArrayList<>();

    long ticks;

    /** Recommends nothing to who has less than 4 in bits 47 to 40 of its ID, as Xen does. */
    boolean recommendsToFew;

    HypervModel() {
        super(VIRTUAL);
    }

    /** As Windows Server shows itself, at a first leaf. */
    HypervModel hyperv(int base) {
        leaf(base, base + 0x0b, 0x7263_694d, 0x666f_736f, 0x7648_2074);
        leaf(base + 1, 0x3123_7648, 0, 0, 0);
        leaf(base + 3, 0x2e7f, 0, 0, 1 << 19 | 1 << 8);
        leaf(base + 4, 0, 0, 0, 0);
        return this;
    }

    HypervModel leaf(int leaf, int eax, int ebx, int ecx, int edx) {
        leaves.put(leaf, new int[] {eax, ebx, ecx, edx});
        return this;
    }

    /** What the page says from now on. */
    void tell(int sequence, long scale, long offset) {
        bytes().putInt(0, sequence).putInt(4, 0xdead).putLong(8, scale).putLong(16, offset);
    }

    @Override
    public boolean isVirtual() {
        return isVirtual;
    }

    @Override
    public int cpuid(int leaf, int register) {
        boolean isRecommendation = (leaf & 0xff) == 4;
        if (isRecommendation && recommendsToFew) {
            long id = registers.getOrDefault(0x4000_0000, 0L);
            if ((id >> 40 & 0xff) < 4) {
                return 0;
            }
        }
        return leaves.getOrDefault(leaf, new int[4])[register / Integer.BYTES];
    }

    @Override
    public long readMsr(int index) {
        Long value = registers.get(index);
        if (value == null) {
            throw new AssertionError("#GP: read of 0x" + Integer.toHexString(index));
        }
        return value;
    }

    @Override
    public void writeMsr(int index, long value) {
        writes.add(Integer.toHexString(index) + "=" + Long.toHexString(value));
        registers.put(index, value);
    }

    @Override
    public long read() {
        return ticks;
    }

    @Override
    public long readLong(long address) {
        if (registers.get(0x4000_0021) == null
                || (registers.get(0x4000_0021) & ~0xffeL) != (PHYSICAL | 1)) {
            throw new AssertionError("the page is not shared");
        }
        return super.readLong(address);
    }
}

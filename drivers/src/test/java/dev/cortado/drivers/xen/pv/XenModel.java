package dev.cortado.drivers.xen.pv;

import dev.cortado.kernel.memory.PhysicalMemory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * A machine with a PV domain, and what Xen holds a domain to: a frame that is a page table may be
 * mapped, but nowhere so that it can be written, and a table of one level is not one of another.
 */
final class XenModel implements PhysicalMemory, TableCalls {
    static final long LIST = 0x7000_0000L;
    private static final long ADDRESS = 0x000f_ffff_ffff_f000L;
    private static final long REFUSED = -22;
    private static final int TOP = 3;

    final List<Long> machineOf;
    private final Map<Long, Long> frameOf = new HashMap<>();
    private final Map<Long, ByteBuffer> contents = new HashMap<>();

    /** What the domain may write to: virtual page to machine frame. */
    final Map<Long, Long> writable = new HashMap<>();

    private final Map<Long, Integer> levels = new HashMap<>();
    long root = -1;

    XenModel(int frames, long seed) {
        machineOf =
                LongStream.range(1000, 1000 + 2L * frames)
                        .boxed()
                        .collect(Collectors.toCollection(java.util.ArrayList::new));
        Collections.shuffle(machineOf, new Random(seed));
        machineOf.subList(frames, machineOf.size()).clear();
        for (int i = 0; i < frames; i++) {
            frameOf.put(machineOf.get(i), (long) i);
        }
    }

    ByteBuffer frame(long machine) {
        return contents.computeIfAbsent(
                machine, m -> ByteBuffer.allocate(4096).order(ByteOrder.LITTLE_ENDIAN));
    }

    @Override
    public long readLong(long virtual) {
        if (virtual >= LIST && virtual < LIST + machineOf.size() * 8L) {
            return machineOf.get((int) ((virtual - LIST) >>> 3));
        }
        if (virtual < 0) {
            return frameOf.getOrDefault((virtual - MachineFrames.XENS_TABLE) >>> 3, -1L);
        }
        return at(virtual).getLong((int) (virtual & 0xfff));
    }

    @Override
    public void writeLong(long virtual, long value) {
        at(virtual).putLong((int) (virtual & 0xfff), value);
    }

    private ByteBuffer at(long virtual) {
        Long machine = writable.get(virtual >>> 12);
        if (machine == null) {
            throw new IllegalStateException("page fault at %#x".formatted(virtual));
        }
        return frame(machine);
    }

    @Override
    public byte readByte(long virtual) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void writeByte(long virtual, byte value) {
        throw new UnsupportedOperationException();
    }

    /** Only of pages that are mapped outside the model's tables. */
    @Override
    public long remap(long virtual, long entry) {
        long machine = (entry & ADDRESS) >>> 12;
        boolean write = (entry & 3) == 3;
        if (write && (levels.containsKey(machine) || !frameOf.containsKey(machine))) {
            return REFUSED;
        }
        if (write) {
            writable.put(virtual >>> 12, machine);
        } else {
            writable.remove(virtual >>> 12);
        }
        return 0;
    }

    @Override
    public long update(long[] machineAddresses, long[] entries, int count) {
        long error = 0;
        for (int i = 0; i < count && error == 0; i++) {
            error = update(machineAddresses[i], entries[i]);
        }
        return error;
    }

    long update(long machineAddress, long entry) {
        long table = machineAddress >>> 12;
        Integer level = levels.get(table);
        if (level == null) {
            return REFUSED;
        }
        int offset = (int) (machineAddress & 0xfff);
        long before = frame(table).getLong(offset);
        frame(table).putLong(offset, entry);
        if (!isValid()) {
            frame(table).putLong(offset, before);
            isValid();
            return REFUSED;
        }
        return 0;
    }

    @Override
    public long extended(int command, long argument) {
        if (command != 3) {
            return 0;
        }
        root = argument;
        return isValid() ? 0 : REFUSED;
    }

    /** Whether all tables from the root on keep to the rules; finds out which frames are tables. */
    boolean isValid() {
        Map<Long, Integer> found = new HashMap<>();
        Set<Long> written = new HashSet<>(writable.values());
        boolean valid = walk(root, TOP, found, written);
        levels.clear();
        levels.putAll(found);
        return valid && Collections.disjoint(found.keySet(), written);
    }

    private boolean walk(long table, int level, Map<Long, Integer> found, Set<Long> written) {
        Integer other = found.put(table, level);
        if (!frameOf.containsKey(table) || other != null && other != level) {
            return false;
        }
        for (int offset = 0; offset < 4096; offset += 8) {
            long entry = frame(table).getLong(offset);
            if ((entry & 1) == 0) {
                continue;
            }
            long target = (entry & ADDRESS) >>> 12;
            if (level == 0) {
                if (!frameOf.containsKey(target)) {
                    return false;
                }
                if ((entry & 2) != 0) {
                    written.add(target);
                }
            } else if (!walk(target, level - 1, found, written)) {
                return false;
            }
        }
        return true;
    }

    /** The entry for a virtual address, 0 if there is none. */
    long entry(long virtual) {
        long table = root;
        long entry = 0;
        for (int level = TOP; level >= 0; level--) {
            entry = frame(table).getLong((int) (virtual >>> 12 + 9 * level & 511) * 8);
            if ((entry & 1) == 0) {
                return 0;
            }
            table = (entry & ADDRESS) >>> 12;
        }
        return entry;
    }
}

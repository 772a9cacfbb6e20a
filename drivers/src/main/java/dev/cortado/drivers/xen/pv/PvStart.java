package dev.cortado.drivers.xen.pv;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.boot.layout.BootProtocol;
import dev.cortado.boot.layout.PvStartInfo;
import dev.cortado.kernel.cpu.Numbers;
import dev.cortado.kernel.memory.DirectMap;
import dev.cortado.kernel.memory.Frames;
import dev.cortado.kernel.memory.PhysicalMemory;
import dev.cortado.kernel.memory.VirtualMemory;
import dev.cortado.kernel.start.BootInformation;
import dev.cortado.kernel.start.StartProtocol;
import org.graalvm.word.WordFactory;

/**
 * start_info, and where the domain builder has put what it says. Its virtual addresses are
 * pseudo-physical ones; the kernel reaches them through the direct map.
 */
final class PvStart implements StartProtocol {
    private static final String REASON = PhysicalMemory.REASON;

    private static final long PHYSICAL_LIMIT = 1L << 45;

    private final MachineFrames frames;
    private final PhysicalMemory virtual = new VirtualMemory();
    private long information;
    private long tablesBegin;
    private long tablesEnd;

    PvStart(MachineFrames frames) {
        this.frames = frames;
    }

    /** It is at this virtual address from now on. */
    @Uninterruptible(reason = REASON)
    void use(long address) {
        information = address;
    }

    /** A number of 8 bytes. */
    @Uninterruptible(reason = REASON)
    long number(int offset) {
        return virtual.readLong(information + offset);
    }

    /** A number of 4 bytes. */
    @Uninterruptible(reason = REASON)
    int word(int offset) {
        return (int) number(offset);
    }

    @Uninterruptible(reason = REASON)
    boolean isInitialDomain() {
        return (word(PvStartInfo.FLAGS) & PvStartInfo.FLAG_INITIAL_DOMAIN) != 0;
    }

    /** Virtual address, in the direct map, of one of the domain's machine frames; 0 for others. */
    @Uninterruptible(reason = REASON)
    long page(int offset) {
        long frame = frames.frame(number(offset));
        return frame == MachineFrames.NONE ? 0 : DirectMap.toVirtual(frame << Frames.SHIFT);
    }

    /** The first frame behind everything that the builder has put somewhere. */
    @Uninterruptible(reason = REASON)
    long firstUnused(long physicalInformation, long imageEnd) {
        long end = Numbers.max(imageEnd, physicalInformation + Frames.SIZE);
        end = Numbers.max(end, number(PvStartInfo.FRAME_LIST) + frames.count() * Long.BYTES);
        end =
                Numbers.max(
                        end,
                        number(PvStartInfo.PAGE_TABLES)
                                + (number(PvStartInfo.PAGE_TABLE_FRAMES) << Frames.SHIFT));
        end = Numbers.max(end, number(PvStartInfo.MODULE) + number(PvStartInfo.MODULE_BYTES));
        long first = Frames.roundUp(end, Frames.SIZE) >>> Frames.SHIFT;
        if (!isInitialDomain()) {
            first = Numbers.max(first, frames.frame(number(PvStartInfo.CONSOLE_FRAME)) + 1);
            first = Numbers.max(first, frames.frame(number(PvStartInfo.STORE_FRAME)) + 1);
        }
        return first;
    }

    /** The machine's frame that start_info is in. */
    @Uninterruptible(reason = REASON)
    long machineFrame() {
        return frames.machine(DirectMap.toPhysical(information) >>> Frames.SHIFT);
    }

    /**
     * Before a suspension the rings' frames are to be the domain's, for Xen's tools to translate.
     */
    @Uninterruptible(reason = REASON)
    void nameOwnFrames() {
        write(PvStartInfo.STORE_FRAME, frames.frame(number(PvStartInfo.STORE_FRAME)));
        write(PvStartInfo.CONSOLE_FRAME, frames.frame(number(PvStartInfo.CONSOLE_FRAME)));
    }

    /** Takes {@link #nameOwnFrames} back, if there was no suspension. */
    @Uninterruptible(reason = REASON)
    void nameMachineFrames() {
        write(PvStartInfo.STORE_FRAME, frames.machine(number(PvStartInfo.STORE_FRAME)));
        write(PvStartInfo.CONSOLE_FRAME, frames.machine(number(PvStartInfo.CONSOLE_FRAME)));
    }

    @Uninterruptible(reason = REASON)
    private void write(int offset, long value) {
        virtual.writeLong(information + offset, value);
    }

    /** Where the kernel's own first page tables are. */
    @Uninterruptible(reason = REASON)
    void setTables(long begin, long end) {
        tablesBegin = begin;
        tablesEnd = end;
    }

    @Override
    @Uninterruptible(reason = "Runs before the Java runtime.")
    public boolean read(long protocol, long physical) {
        if (protocol != BootProtocol.XEN_PV) {
            return false;
        }
        BootInformation.memory().add(0, frames.count() << Frames.SHIFT, PHYSICAL_LIMIT);
        BootInformation.copyCommandLine(
                WordFactory.pointer(information + PvStartInfo.COMMAND_LINE),
                PvStartInfo.COMMAND_LINE_SIZE);
        reserve(physical, Frames.SIZE);
        reserve(number(PvStartInfo.FRAME_LIST), frames.count() * Long.BYTES);
        reserve(
                number(PvStartInfo.PAGE_TABLES),
                number(PvStartInfo.PAGE_TABLE_FRAMES) << Frames.SHIFT);
        if (!isInitialDomain()) {
            reserveFrame(frames.frame(number(PvStartInfo.CONSOLE_FRAME)));
            reserveFrame(frames.frame(number(PvStartInfo.STORE_FRAME)));
        }
        BootInformation.reserve(tablesBegin, tablesEnd);
        return true;
    }

    @Uninterruptible(reason = REASON)
    private static void reserve(long begin, long bytes) {
        BootInformation.reserve(begin, begin + bytes);
    }

    @Uninterruptible(reason = REASON)
    private static void reserveFrame(long frame) {
        if (frame != MachineFrames.NONE) {
            reserve(frame << Frames.SHIFT, Frames.SIZE);
        }
    }
}

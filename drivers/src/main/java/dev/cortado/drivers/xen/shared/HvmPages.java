package dev.cortado.drivers.xen.shared;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.drivers.xen.hypercall.Hypercall;
import dev.cortado.kernel.memory.Frames;
import dev.cortado.kernel.memory.PcMapping;
import org.graalvm.nativeimage.StackValue;
import org.graalvm.word.Pointer;

/**
 * Physical addresses of a PVH or HVM domain where no RAM is and Xen can put pages of its own, or of
 * other domains. They end with the special pages (libxl's X86_HVM_END_SPECIAL_REGION) and begin
 * behind the local APIC's, so that neither RAM nor an emulated device is there, whatever the
 * domain's size. All of them are in the direct map.
 */
public final class HvmPages {
    private static final long BEGIN = 0xfef0_0000L;

    /** The special pages: console, xenstore and those for the device model. */
    private static final long SPECIAL = 0xfeff_8000L;

    private static final long END = 0xff00_0000L;

    /** XENMEM_add_to_physmap (public/memory.h) and the spaces that it takes pages from. */
    private static final int ADD_TO_PHYSMAP = 7;

    public static final int SPACE_SHARED_INFO = 0;
    public static final int SPACE_GRANT_TABLE = 1;

    /** struct xen_add_to_physmap: u16 domid, u16 size, u32 space, u64 idx, u64 gpfn. */
    private static final int ADD_BYTES = 24;

    /** Changed by the first CPU while the domain starts, later by the holder of a lock. */
    private static long next = BEGIN;

    private HvmPages() {}

    /** Called before the kernel's own page tables are made. */
    @Uninterruptible(reason = Hypercall.REASON)
    public static void initialize() {
        PcMapping.share(BEGIN, END);
    }

    /** Whether a page at that physical address is one of them. */
    @Uninterruptible(reason = "Called from uninterruptible code.", mayBeInlined = true)
    static boolean holds(long physical) {
        return physical >= BEGIN && physical < END;
    }

    /** The physical address of the first of some that nobody has, 0 if there are none. */
    @Uninterruptible(reason = Hypercall.REASON)
    public static long allocate(int pages) {
        long bytes = (long) pages << Frames.SHIFT;
        if (SPECIAL - next < bytes) {
            return 0;
        }
        long physical = next;
        next += bytes;
        return physical;
    }

    /** Puts one of Xen's pages at a physical address; 0, or an error. */
    @Uninterruptible(reason = Hypercall.REASON)
    public static long map(int space, long index, long physical) {
        Pointer add = StackValue.get(ADD_BYTES);
        add.writeLong(0, (long) space << Integer.SIZE | Hypercall.DOMID_SELF);
        add.writeLong(8, index);
        add.writeLong(16, physical >>> Frames.SHIFT);
        return Hypercall.call(Hypercall.MEMORY, ADD_TO_PHYSMAP, add.rawValue(), 0, 0, 0);
    }
}

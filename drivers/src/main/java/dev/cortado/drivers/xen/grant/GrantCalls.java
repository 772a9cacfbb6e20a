package dev.cortado.drivers.xen.grant;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.drivers.xen.hypercall.Hypercall;
import dev.cortado.kernel.cpu.Numbers;
import org.graalvm.nativeimage.StackValue;
import org.graalvm.word.Pointer;

/** HYPERVISOR_grant_table_op (public/grant_table.h), as all kinds of domains make it. */
public final class GrantCalls {
    /** Of the table that this domain may have: 16,384 entries. */
    public static final int TABLE_PAGES = 32;

    public static final int MAP = 0;
    public static final int UNMAP = 1;
    public static final int SETUP_TABLE = 2;
    private static final int QUERY_SIZE = 6;

    private GrantCalls() {}

    /** Makes the call with one structure; what the call itself says, not the structure's status. */
    @Uninterruptible(reason = Hypercall.REASON)
    public static long call(int command, Pointer structure) {
        return Hypercall.call(Hypercall.GRANT_TABLE, command, structure.rawValue(), 1, 0, 0);
    }

    /**
     * How many frames the table may have.
     *
     * <p>struct gnttab_query_size: u16 dom, out u32 nr_frames, out u32 max_nr_frames, out s16.
     */
    @Uninterruptible(reason = Hypercall.REASON)
    public static int maximumFrames() {
        Pointer query = StackValue.get(16);
        query.writeLong(0, Hypercall.DOMID_SELF);
        query.writeLong(8, 0L);
        boolean known = call(QUERY_SIZE, query) == 0 && query.readShort(12) == 0;
        return known ? (int) Numbers.min(query.readInt(8), TABLE_PAGES) : 1;
    }
}

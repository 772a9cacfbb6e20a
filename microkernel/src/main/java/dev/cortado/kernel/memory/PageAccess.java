package dev.cortado.kernel.memory;

import com.oracle.svm.core.Uninterruptible;

/** What a mapping lets programs do. Values are sums. */
public final class PageAccess {
    public static final int NONE = 0;
    public static final int READ = 1;
    public static final int WRITE = 2;
    public static final int EXECUTE = 4;

    private PageAccess() {}

    /** Page table flags of an access; memory that may not be accessed stays committed. */
    @Uninterruptible(reason = PhysicalMemory.REASON)
    static long encode(int access) {
        if (access == NONE) {
            return PageTable.COMMITTED;
        }
        long flags = PageTable.PRESENT;
        if ((access & WRITE) != 0) {
            flags |= PageTable.WRITABLE;
        }
        if ((access & EXECUTE) == 0) {
            flags |= PageTable.NO_EXECUTE;
        }
        return flags;
    }
}

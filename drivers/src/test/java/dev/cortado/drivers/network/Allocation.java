package dev.cortado.drivers.network;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** What work costs the heap: what is done where memory lacks must not need any. */
public final class Allocation {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Allocation() {}

    /** Work that may fail. */
    public interface Work {
        void run() throws Exception;
    }

    /** Bytes that this thread allocates for work; more the first time, when classes are loaded. */
    public static long of(Work work) throws Exception {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        work.run();
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }
}

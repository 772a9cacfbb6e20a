package dev.cortado.runtime.jdk;

import com.oracle.svm.core.SubstrateUtil;
import com.oracle.svm.core.thread.PlatformThreads;
import java.lang.management.ThreadInfo;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * What {@link java.lang.management.ThreadMXBean} tells of platform threads. How often and how long
 * a thread was blocked is not counted.
 */
final class ThreadInfos {
    private static final long NOT_COUNTED = -1;
    private static final StackTraceElement[] NO_FRAMES = {};

    private ThreadInfos() {}

    static long[] ids() {
        return Thread.getAllStackTraces().keySet().stream().mapToLong(Thread::threadId).toArray();
    }

    /** All threads with their stacks, which fit each other. */
    static ThreadInfo[] all(boolean monitors, boolean synchronizers) {
        checkLocks(monitors, synchronizers);
        return Thread.getAllStackTraces().entrySet().stream()
                .map(entry -> create(entry, Integer.MAX_VALUE))
                .toArray(ThreadInfo[]::new);
    }

    static ThreadInfo[] of(long[] ids, boolean monitors, boolean synchronizers) {
        checkLocks(monitors, synchronizers);
        return of(ids, Integer.MAX_VALUE);
    }

    /**
     * The threads with these numbers, null where there is none.
     *
     * @param mostFrames of each stack
     */
    static ThreadInfo[] of(long[] ids, int mostFrames) {
        if (mostFrames < 0) {
            throw new IllegalArgumentException("Invalid maxDepth parameter: " + mostFrames);
        }
        for (long id : ids) {
            if (id <= 0) {
                throw new IllegalArgumentException("Invalid thread ID parameter: " + id);
            }
        }
        ThreadInfo[] infos = new ThreadInfo[ids.length];
        for (Map.Entry<Thread, StackTraceElement[]> entry : Thread.getAllStackTraces().entrySet()) {
            for (int i = 0; i < ids.length; i++) {
                if (ids[i] == entry.getKey().threadId()) {
                    infos[i] = create(entry, mostFrames);
                }
            }
        }
        return infos;
    }

    /** The beans say that these are not supported. */
    private static void checkLocks(boolean monitors, boolean synchronizers) {
        if (monitors || synchronizers) {
            throw new UnsupportedOperationException("Which locks a thread holds is not known");
        }
    }

    private static ThreadInfo create(Map.Entry<Thread, StackTraceElement[]> entry, int mostFrames) {
        Thread thread = entry.getKey();
        StackTraceElement[] stack = entry.getValue();
        StackTraceElement[] frames =
                mostFrames == 0
                        ? NO_FRAMES
                        : mostFrames < stack.length ? Arrays.copyOf(stack, mostFrames) : stack;
        Object info =
                new Target_java_lang_management_ThreadInfo(
                        thread,
                        PlatformThreads.getThreadStatus(thread),
                        LockSupport.getBlocker(thread),
                        null,
                        0,
                        NOT_COUNTED,
                        0,
                        NOT_COUNTED,
                        frames);
        return SubstrateUtil.cast(info, ThreadInfo.class);
    }
}

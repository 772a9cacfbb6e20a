package dev.cortado.runtime.jdk;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import com.oracle.svm.core.jdk.management.SubstrateThreadMXBean;
import java.lang.management.ThreadInfo;

/** What native-image's bean leaves empty: numbers, states and stacks of threads. */
@TargetClass(SubstrateThreadMXBean.class)
final class Target_com_oracle_svm_core_jdk_management_SubstrateThreadMXBean {
    /** Nobody looks for deadlocks; none found is said with null. */
    @Substitute
    public long[] findMonitorDeadlockedThreads() {
        return null;
    }

    @Substitute
    public long[] findDeadlockedThreads() {
        return null;
    }

    @Substitute
    public long[] getAllThreadIds() {
        return ThreadInfos.ids();
    }

    @Substitute
    public ThreadInfo getThreadInfo(long id) {
        return ThreadInfos.of(new long[] {id}, 0)[0];
    }

    @Substitute
    public ThreadInfo[] getThreadInfo(long[] ids) {
        return ThreadInfos.of(ids, 0);
    }

    @Substitute
    public ThreadInfo getThreadInfo(long id, int maxDepth) {
        return ThreadInfos.of(new long[] {id}, maxDepth)[0];
    }

    @Substitute
    public ThreadInfo[] getThreadInfo(long[] ids, int maxDepth) {
        return ThreadInfos.of(ids, maxDepth);
    }

    @Substitute
    public ThreadInfo[] getThreadInfo(
            long[] ids, boolean lockedMonitors, boolean lockedSynchronizers) {
        return ThreadInfos.of(ids, lockedMonitors, lockedSynchronizers);
    }

    @Substitute
    public ThreadInfo[] dumpAllThreads(boolean lockedMonitors, boolean lockedSynchronizers) {
        return ThreadInfos.all(lockedMonitors, lockedSynchronizers);
    }
}

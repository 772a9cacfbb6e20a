package dev.cortado.system.guest;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.MemoryUsage;
import java.lang.management.OperatingSystemMXBean;
import java.lang.management.RuntimeMXBean;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;

/** What a program learns of its own JVM from {@code java.lang.management}. */
final class ManagementProbes {
    private static final long BUSY_NANOS = 200_000_000;

    private ManagementProbes() {}

    static Map<String, Probes.Probe> all() {
        return Map.of("management", arguments -> management());
    }

    private static void management() throws InterruptedException {
        threads();
        memory();
        RuntimeMXBean runtime = ManagementFactory.getRuntimeMXBean();
        Probes.check(runtime.getPid() == 1 && runtime.getUptime() >= 0, runtime.getName());
        Probes.check(Math.abs(runtime.getStartTime() - System.currentTimeMillis()) < 60_000, "");
        OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
        System.out.println(system.getName() + " " + system.getArch());
        Probes.check(
                system.getAvailableProcessors() == Runtime.getRuntime().availableProcessors(), "");
        Probes.check(system.getSystemLoadAverage() < 0, "there is no load average");
        System.out.println("managed");
    }

    private static void threads() throws InterruptedException {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        Object lock = new Object();
        CountDownLatch started = new CountDownLatch(1);
        Thread waiting =
                new Thread(
                        () -> {
                            started.countDown();
                            while (true) {
                                LockSupport.park(lock);
                            }
                        },
                        "waiting");
        waiting.setDaemon(true);
        int before = threads.getThreadCount();
        waiting.start();
        started.await();
        while (waiting.getState() != Thread.State.WAITING) {
            Thread.yield();
        }
        Probes.check(threads.getThreadCount() == before + 1, "count " + threads.getThreadCount());
        long id = waiting.threadId();
        long own = Thread.currentThread().threadId();
        long[] ids = threads.getAllThreadIds();
        Probes.check(Arrays.stream(ids).anyMatch(each -> each == id), Arrays.toString(ids));
        busy();
        long current = threads.getCurrentThreadCpuTime();
        Probes.check(current >= BUSY_NANOS, "own CPU time " + current);
        Probes.check(threads.getThreadCpuTime(own) >= current, "CPU time by number");
        Probes.check(threads.getThreadCpuTime(id) < BUSY_NANOS, "CPU time of one that waits");
        ThreadInfo info = threads.getThreadInfo(id, 100);
        Probes.check(info.getThreadState() == Thread.State.WAITING, info.toString());
        Probes.check(info.getThreadName().equals("waiting") && info.isDaemon(), info.toString());
        Probes.check(info.getLockName().startsWith("java.lang.Object@"), info.toString());
        Probes.check(info.getStackTrace()[0].getMethodName().equals("park"), info.toString());
        Probes.check(threads.getThreadInfo(id).getStackTrace().length == 0, "no stack asked for");
        Probes.check(threads.getThreadInfo(1_000_000) == null, "there is no such thread");
        ThreadInfo[] all = threads.dumpAllThreads(false, false);
        Probes.check(all.length >= 2, all.length + " threads");
    }

    private static void busy() {
        long end = System.nanoTime() + BUSY_NANOS;
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long cpuEnd = threads.getCurrentThreadCpuTime() + BUSY_NANOS;
        while (System.nanoTime() < end || threads.getCurrentThreadCpuTime() < cpuEnd) {
            Thread.onSpinWait();
        }
    }

    private static void memory() {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        memory.gc();
        MemoryUsage heap = memory.getHeapMemoryUsage();
        Probes.check(heap.getUsed() > 0 && heap.getUsed() <= heap.getCommitted(), heap.toString());
        Probes.check(heap.getMax() == Runtime.getRuntime().maxMemory(), heap.toString());
    }
}

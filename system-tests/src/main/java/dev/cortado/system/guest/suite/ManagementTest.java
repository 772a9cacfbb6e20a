package dev.cortado.system.guest.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.lang.management.RuntimeMXBean;
import java.lang.management.ThreadMXBean;
import javax.management.JMX;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import org.junit.jupiter.api.Test;

/** What {@code java.lang.management} tells of the machine, directly and through a bean server. */
final class ManagementTest {
    private static final MBeanServer SERVER = ManagementFactory.getPlatformMBeanServer();

    /** A bean of the program's. */
    public interface CounterMBean {
        int getCount();

        void setCount(int count);

        int add(int more);
    }

    /** Its implementation, which is found by its name. */
    public static final class Counter implements CounterMBean {
        private int count;

        @Override
        public int getCount() {
            return count;
        }

        @Override
        public void setCount(int count) {
            this.count = count;
        }

        @Override
        public int add(int more) {
            return count += more;
        }
    }

    @Test
    void theMachinesMemory() {
        OperatingSystemMXBean system =
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        assertTrue(system.getTotalMemorySize() > 1 << 20);
        assertTrue(system.getFreeMemorySize() > 0);
        assertTrue(system.getFreeMemorySize() < system.getTotalMemorySize());
        assertTrue(system.getCommittedVirtualMemorySize() > 0);
        assertTrue(system.getFreeSwapSpaceSize() <= system.getTotalSwapSpaceSize());
    }

    @Test
    void theMachinesLoad() {
        OperatingSystemMXBean system =
                (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long before = system.getProcessCpuTime();
        long end = System.nanoTime() + 200_000_000;
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        assertTrue(system.getProcessCpuTime() > before);
        assertTrue(system.getCpuLoad() <= 1);
        assertTrue(system.getProcessCpuLoad() <= 1);
        UnixOperatingSystemMXBean unix = (UnixOperatingSystemMXBean) system;
        assertTrue(unix.getOpenFileDescriptorCount() >= 3);
        assertTrue(unix.getMaxFileDescriptorCount() >= unix.getOpenFileDescriptorCount());
    }

    @Test
    void platformBeansHaveTheirAttributes() throws Exception {
        CompositeData usage =
                (CompositeData)
                        SERVER.getAttribute(
                                new ObjectName(ManagementFactory.MEMORY_MXBEAN_NAME),
                                "HeapMemoryUsage");
        assertTrue(MemoryUsage.from(usage).getUsed() > 0);
        ObjectName system = new ObjectName(ManagementFactory.OPERATING_SYSTEM_MXBEAN_NAME);
        assertEquals(
                ManagementFactory.getOperatingSystemMXBean().getAvailableProcessors(),
                SERVER.getAttribute(system, "AvailableProcessors"));
        assertTrue((Long) SERVER.getAttribute(system, "TotalMemorySize") > 0);
        Object info =
                SERVER.invoke(
                        new ObjectName(ManagementFactory.THREAD_MXBEAN_NAME),
                        "getThreadInfo",
                        new Object[] {Thread.currentThread().threadId()},
                        new String[] {"long"});
        assertEquals(Thread.currentThread().getName(), ((CompositeData) info).get("threadName"));
    }

    @Test
    void beansOfTheProgram() throws Exception {
        ObjectName name = new ObjectName("dev.cortado:type=Counter");
        SERVER.registerMBean(new Counter(), name);
        try {
            SERVER.setAttribute(name, new javax.management.Attribute("Count", 5));
            assertEquals(5, SERVER.getAttribute(name, "Count"));
            CounterMBean proxy = JMX.newMBeanProxy(SERVER, name, CounterMBean.class);
            assertEquals(7, proxy.add(2));
            assertEquals(1, SERVER.getMBeanInfo(name).getOperations().length);
        } finally {
            SERVER.unregisterMBean(name);
        }
    }

    @Test
    void proxiesOfPlatformBeans() throws Exception {
        RuntimeMXBean runtime =
                ManagementFactory.newPlatformMXBeanProxy(
                        SERVER, ManagementFactory.RUNTIME_MXBEAN_NAME, RuntimeMXBean.class);
        assertNotNull(runtime.getVmName());
        assertTrue(runtime.getUptime() >= 0);
    }

    @Test
    void noDeadlocksAreNull() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        assertNull(threads.findMonitorDeadlockedThreads());
    }
}

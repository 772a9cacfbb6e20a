package dev.cortado.runtime.net.lab;

import java.util.ArrayList;
import java.util.List;

/** Hosts on a wire, and their time. */
public final class TestNetwork {
    public static final long SECOND = 1_000_000_000L;

    public final TestWire wire = new TestWire();
    private final List<TestHost> hosts = new ArrayList<>();
    public long now = 1;

    public TestHost host(int number) {
        TestHost host = new TestHost(wire, number);
        hosts.add(host);
        return host;
    }

    public void add(TestHost host) {
        hosts.add(host);
    }

    /** Lets everything happen that happens now. */
    public void settle() {
        boolean any = true;
        for (int rounds = 0; any; rounds++) {
            if (rounds > 100_000) {
                throw new IllegalStateException("The network does not come to rest");
            }
            any = wire.deliver(now);
            for (TestHost host : hosts) {
                if (host.stack.nextDelay(now) == 0) {
                    host.stack.service(now);
                    any = true;
                }
            }
        }
    }

    /** Lets time pass, from one timer to the next. */
    public void pass(long nanoseconds) {
        long end = now + nanoseconds;
        settle();
        while (now < end) {
            long step = end - now;
            for (TestHost host : hosts) {
                step = Math.min(step, Math.max(1, host.stack.nextDelay(now)));
            }
            now += step;
            settle();
        }
    }
}

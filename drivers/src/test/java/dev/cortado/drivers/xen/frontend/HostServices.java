package dev.cortado.drivers.xen.frontend;

import dev.cortado.kernel.ipc.RestartPolicy;
import dev.cortado.kernel.ipc.ServiceListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Threads of the host that are started again at once, up to a policy's limit. */
public final class HostServices implements ServiceStarter {
    private final List<Thread> all = new ArrayList<>();

    /** Why none can be started, or null. */
    public RuntimeException refusal;

    @Override
    public synchronized Runnable start(
            String name, Life life, RestartPolicy policy, ServiceListener deaths) {
        if (refusal != null) {
            throw refusal;
        }
        Thread thread =
                Thread.ofPlatform()
                        .daemon()
                        .name(name)
                        .start(() -> run(name, life, policy, deaths));
        all.add(thread);
        return () -> end(thread);
    }

    private static void run(String name, Life life, RestartPolicy policy, ServiceListener deaths) {
        for (int lives = 0; ; lives++) {
            try {
                life.run();
                return;
            } catch (InterruptedException e) {
                return; // it was ended
            } catch (Throwable e) {
                if (lives == policy.limit()) {
                    deaths.gaveUp(name, e);
                    return;
                }
                deaths.died(name, e, Duration.ZERO);
                deaths.restarted(name);
            }
        }
    }

    private static void end(Thread thread) {
        thread.interrupt();
        try {
            thread.join(20_000);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        if (thread.isAlive()) {
            throw new AssertionError(thread + " does not end");
        }
    }

    /** Whether none is there any more. */
    public synchronized boolean areEnded() {
        return all.stream().noneMatch(Thread::isAlive);
    }
}

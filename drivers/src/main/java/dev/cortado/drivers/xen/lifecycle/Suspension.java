package dev.cortado.drivers.xen.lifecycle;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.drivers.xen.store.DomainStore;
import dev.cortado.kernel.machine.StandStill;
import dev.cortado.kernel.thread.KernelThreads;
import dev.cortado.kernel.thread.Scheduler;
import java.util.ArrayList;
import java.util.List;
import org.graalvm.nativeimage.Platform;
import org.graalvm.nativeimage.Platforms;

/** Saves the domain, or moves it to another host: all drivers let go, and take hold again. */
public final class Suspension {
    private static final String REASON = "No thread may run meanwhile, not even the collector's.";

    /** The moment itself, which each kind of domain has its own way for. */
    public interface Moment extends StandStill.Work {
        /** Whether the domain has not been away at all. */
        @Uninterruptible(reason = REASON)
        boolean isCancelled();
    }

    private static final long FIRST_CPU = 1;
    private static final long ALL_CPUS = -1;

    private static final List<SuspendListener> LISTENERS = new ArrayList<>();
    private static Moment moment;

    private Suspension() {}

    /** Called while the image is built. */
    @Platforms(Platform.HOSTED_ONLY.class)
    public static void setMoment(Moment chosen) {
        moment = chosen;
    }

    /** From now on it hears of every suspension: those that came later before the earlier ones. */
    public static void add(SuspendListener listener) {
        synchronized (LISTENERS) {
            LISTENERS.add(listener);
        }
    }

    /** The first CPU has to suspend a PV domain, and may suspend any. */
    @Uninterruptible(reason = REASON)
    private static void bind(long processors) {
        KernelThreads.setAffinity(Scheduler.current(), processors);
    }

    /** Suspends the domain; returns when it goes on, wherever that is. */
    static void run() throws InterruptedException {
        List<SuspendListener> listeners;
        synchronized (LISTENERS) {
            listeners = List.copyOf(LISTENERS);
        }
        for (SuspendListener listener : listeners.reversed()) {
            listener.suspend();
        }
        DomainStore.suspend();
        bind(FIRST_CPU);
        boolean cancelled = !StandStill.during(moment) || moment.isCancelled();
        bind(ALL_CPUS);
        DomainStore.resume(cancelled);
        for (SuspendListener listener : listeners) {
            listener.resume(cancelled);
        }
    }
}

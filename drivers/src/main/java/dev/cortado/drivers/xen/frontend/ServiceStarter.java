package dev.cortado.drivers.xen.frontend;

import dev.cortado.kernel.ipc.RestartPolicy;
import dev.cortado.kernel.ipc.ServiceListener;
import java.io.IOException;

/** Starts threads, and starts them again when they die of an exception. */
public interface ServiceStarter {
    /** What such a thread does, from one death to the next. */
    interface Life {
        void run() throws IOException, InterruptedException;
    }

    /**
     * Starts one.
     *
     * @param name for people
     * @param policy how often and how soon it is started again
     * @param deaths hears of that
     * @return ends it for good, and waits for that unless its own thread calls
     */
    Runnable start(String name, Life life, RestartPolicy policy, ServiceListener deaths);
}

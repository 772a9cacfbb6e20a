package dev.cortado.kernel.ipc;

import java.time.Duration;

/**
 * Is told what becomes of services, by their threads: of one service in the order in which it
 * happened.
 */
public interface ServiceListener {
    /** It died of an exception, and will be started again. */
    void died(String service, Throwable cause, Duration restartIn);

    /** It has been started again, and has not been asked anything yet. */
    void restarted(String service);

    /** It died of an exception once too often. */
    void gaveUp(String service, Throwable cause);
}

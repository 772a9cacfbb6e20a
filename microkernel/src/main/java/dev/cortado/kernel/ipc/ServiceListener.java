package dev.cortado.kernel.ipc;

import java.time.Duration;
import java.util.function.Consumer;

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

    /**
     * The same, for somebody who has to do something when a service is given up, before anybody
     * hears of it: who waits for the next life waits no more.
     */
    default ServiceListener after(Consumer<Throwable> end) {
        ServiceListener then = this;
        return new ServiceListener() {
            @Override
            public void died(String service, Throwable cause, Duration restartIn) {
                then.died(service, cause, restartIn);
            }

            @Override
            public void restarted(String service) {
                then.restarted(service);
            }

            @Override
            public void gaveUp(String service, Throwable cause) {
                end.accept(cause);
                then.gaveUp(service, cause);
            }
        };
    }
}

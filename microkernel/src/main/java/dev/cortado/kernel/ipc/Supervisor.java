package dev.cortado.kernel.ipc;

import java.util.function.Supplier;

/** Starts services, and starts them again when they die of an exception. */
public final class Supervisor {
    private final ServiceListener listener;

    public Supervisor(ServiceListener listener) {
        this.listener = listener;
    }

    /**
     * Starts a service in a thread of its own.
     *
     * @param name for people
     * @param factory makes the service, and makes it anew after each death: so nothing of its state
     *     survives
     */
    public <Q, R> SupervisedService<Q, R> start(
            String name,
            Supplier<? extends Service<Q, R>> factory,
            Contract contract,
            RestartPolicy policy) {
        SupervisedService<Q, R> service =
                new SupervisedService<>(name, factory, contract, policy, listener);
        service.start();
        return service;
    }
}

package dev.cortado.kernel.ipc;

/** Something that answers calls, and that a {@link Supervisor} starts again when it dies. */
public interface Service<Q, R> {
    /**
     * Receives and replies. Returning ends the service for good.
     *
     * @throws Exception of which it dies
     */
    void run(Server<Q, R> server) throws Exception;
}

package dev.cortado.kernel.ipc;

/** How a service answers, see {@link Server#serve}. */
public interface Handler<Q, R> {
    /**
     * @throws Exception what it refuses with if it is a checked one; any other is a mistake in the
     *     service, which dies of it
     */
    R handle(Q request) throws Exception;
}

package dev.cortado.kernel.ipc;

/** The right to signal a {@link Notification}, or some of its signals. */
public interface Signal {
    /**
     * @param signals a bit each; those that this right does not include are ignored
     */
    void signal(long signals);
}

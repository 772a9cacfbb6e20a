package dev.cortado.kernel.ipc;

/**
 * Waits that an interrupt does not end: it is for afterwards. Who waits for a service that was
 * begun anew, or for a device that has his memory, does so to the end.
 */
public final class PostponedInterrupt {
    /**
     * A wait, which is begun anew when its thread was interrupted in it.
     *
     * @param <E> what it throws besides
     */
    public interface Wait<E extends Exception> {
        void run() throws InterruptedException, E;
    }

    private PostponedInterrupt() {}

    /** Waits to the end. Who interrupts the thread meanwhile has done so afterwards. */
    public static <E extends Exception> void during(Wait<E> wait) throws E {
        boolean interrupted = false;
        boolean isOver = false;
        try {
            while (!isOver) {
                try {
                    wait.run();
                    isOver = true;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}

package dev.cortado.drivers.acpi;

/** Where AML runs: it nests calls of the interpreter, which the caller may have no stack for. */
public final class AmlThread {
    private static final long STACK_BYTES = 512 * 1024;

    private AmlThread() {}

    /**
     * Starts something that goes on beside the program.
     *
     * @param name of the thread
     */
    public static void start(String name, Runnable work) {
        Thread thread = new Thread(null, work, name, STACK_BYTES);
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Runs something to its end. Who interrupts the caller meanwhile has done so afterwards.
     *
     * @param name of the thread
     */
    public static void run(String name, Runnable work) {
        Thread thread = new Thread(null, work, name, STACK_BYTES);
        thread.start();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

package dev.cortado.image;

/** What is to be done if the JVM goes down, as by Ctrl-C, before this is closed. */
public final class ExitHook implements AutoCloseable {
    private final Thread thread;

    /**
     * @param name of the thread that does it
     */
    public ExitHook(String name, Runnable work) {
        thread = new Thread(work, name);
        Runtime.getRuntime().addShutdownHook(thread);
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(thread);
        } catch (IllegalStateException e) {
            // The JVM is going down, and the hook has its work to do.
            return;
        }
    }
}

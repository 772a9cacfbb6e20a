package dev.cortado.drivers.xen.connection;

/** Gives back what a link was made of. */
public final class Release implements Runnable {
    private final PeerPort port;
    private final Runnable pages;
    private Runnable more = () -> {};

    public Release(PeerPort port, Runnable pages) {
        this.port = port;
        this.pages = pages;
    }

    /** Something else to do then. */
    public void onRun(Runnable action) {
        more = action;
    }

    @Override
    public void run() {
        port.close();
        pages.run();
        more.run();
    }
}

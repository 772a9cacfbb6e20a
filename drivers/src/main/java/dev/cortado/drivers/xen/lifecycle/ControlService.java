package dev.cortado.drivers.xen.lifecycle;

/** Starts the thread that does what dom0 asks for. */
public final class ControlService implements Runnable {
    @Override
    public void run() {
        Thread thread = new Thread(new Control(), "xen control");
        thread.setDaemon(true);
        thread.start();
    }
}

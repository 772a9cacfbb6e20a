package dev.cortado.drivers.xen.lifecycle;

import org.graalvm.nativeimage.Platform;
import org.graalvm.nativeimage.Platforms;

/** Starts the thread that does what dom0 asks for. */
public final class ControlService implements Runnable {
    /** Called while the image is built. */
    @Platforms(Platform.HOSTED_ONLY.class)
    public ControlService(FrameSpace space) {
        FrameExchange.setSpace(space);
    }

    @Override
    public void run() {
        Thread thread = new Thread(new Control(), "xen control");
        thread.setDaemon(true);
        thread.start();
    }
}

package dev.cortado.drivers.block.controller;

import dev.cortado.drivers.block.BlockDevice;
import dev.cortado.kernel.ipc.Contract;
import dev.cortado.kernel.ipc.RestartPolicy;
import dev.cortado.kernel.ipc.ServiceListener;
import dev.cortado.kernel.ipc.SupervisedService;
import dev.cortado.kernel.ipc.Supervisor;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A controller in use. Its driver is a supervised service, whose thread serves interrupts: if it
 * dies, the controller is reset, its frames are given back, and another one is started.
 */
final class ControllerService implements AutoCloseable {
    /** For a controller that does not reset itself. */
    private static final Duration END = Duration.ofSeconds(10);

    private final ControllerLives lives;
    private final SupervisedService<Void, Void> service;

    private ControllerService(
            String name, ControllerLives lives, RestartPolicy policy, ServiceListener listener) {
        this.lives = lives;
        service =
                new Supervisor(listener.after(lives::giveUp))
                        .start(
                                "controller " + name,
                                () -> server -> lives.live(),
                                Contract.FAIL,
                                policy);
    }

    /**
     * Starts a controller.
     *
     * @param policy how often and how soon its driver is started again
     * @param listener hears of that
     * @param log hears of disks that cannot be used
     * @throws IOException it cannot be driven, as often as that was tried
     */
    static ControllerService open(
            String name,
            ControllerLife.Start start,
            RestartPolicy policy,
            ServiceListener listener,
            Consumer<String> log)
            throws IOException {
        ControllerLives lives = new ControllerLives(name, start, log);
        ControllerService service = new ControllerService(name, lives, policy, listener);
        boolean done = false;
        try {
            lives.awaitBegin();
            done = true;
            return service;
        } finally {
            if (!done) {
                service.close();
            }
        }
    }

    /** In their order at the controller, by their places there. */
    Map<String, BlockDevice> disks() {
        return lives.disks();
    }

    /** Resets the controller and lets go of it; requests under way end with an error. */
    @Override
    public void close() {
        lives.giveUp(new IOException("it was closed"));
        service.stop();
        service.awaitEndUninterruptibly(END);
    }
}

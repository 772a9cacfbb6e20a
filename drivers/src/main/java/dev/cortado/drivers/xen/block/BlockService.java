package dev.cortado.drivers.xen.block;

import dev.cortado.drivers.block.LoggedDeaths;
import dev.cortado.drivers.xen.bus.XenBus;
import dev.cortado.drivers.xen.frontend.ServiceStarter;
import dev.cortado.kernel.ipc.RestartPolicy;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Who serves a disk's connections, one after the other: a supervised service. If it dies of an
 * exception, be it of the backend's nonsense or of our own mistake, the connection ends, all that
 * the backend had is taken back, and another connection is made for the next life.
 */
final class BlockService {
    /** For a backend to let go of one that was given up: nobody takes its pages back later. */
    private static final long LAST_PATIENCE = TimeUnit.SECONDS.toNanos(10);

    /**
     * Never given up, or storage that hung for a minute would be gone for good: each connection
     * that cannot be made is a death. Who uses the disk meanwhile does not wait for ever.
     */
    private static final RestartPolicy POLICY =
            new RestartPolicy(
                    Integer.MAX_VALUE,
                    Duration.ofMinutes(1),
                    Duration.ofMillis(1),
                    Duration.ofSeconds(1));

    private final XenBlock block;
    private final XenBus bus;

    private BlockService(XenBlock block, XenBus bus) {
        this.block = block;
        this.bus = bus;
    }

    /**
     * Starts it.
     *
     * @param bus that connects the disk
     * @param log hears of deaths
     */
    static void start(
            String name, XenBlock block, XenBus bus, ServiceStarter starter, Consumer<String> log) {
        BlockService service = new BlockService(block, bus);
        starter.start(
                "disk " + name,
                service::live,
                POLICY,
                new LoggedDeaths(log).after(service::giveUp));
    }

    /** One life. */
    private void live() throws IOException, InterruptedException {
        try {
            for (BlockLife life = block.awaitLive(); life != null; life = block.awaitLive()) {
                serve(life);
            }
        } catch (Throwable e) {
            renew();
            throw e;
        }
    }

    private void serve(BlockLife life) throws IOException, InterruptedException {
        BlockConnection connection = life.connection();
        block.disk().begin(life);
        try {
            do {
                connection.service();
            } while (connection.await(block.deadline()));
        } catch (Throwable e) {
            block.died(life, e);
            throw e;
        } finally {
            // Whoever waits for a request must not wait for a thread that is no more.
            connection.abandon();
            block.disk().end(life);
        }
    }

    /** What this does not come to for want of memory, the next life does. */
    private void renew() {
        Throwable fault = block.fault();
        if (fault != null) {
            bus.renew(block.device());
            block.forgetFault(fault);
        }
    }

    /** The backend is told that nothing comes any more, and may take a moment to let go. */
    private void giveUp(Throwable why) {
        block.giveUp(why);
        bus.release(block.device());
        block.awaitReleased(LAST_PATIENCE);
    }
}

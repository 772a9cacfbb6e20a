package dev.cortado.drivers.xen.block;

import dev.cortado.drivers.xen.bus.BusDevice;
import dev.cortado.drivers.xen.bus.BusDriver;
import dev.cortado.drivers.xen.bus.Frontend;
import dev.cortado.drivers.xen.bus.XenBus;
import dev.cortado.drivers.xen.frontend.BackendAccess;
import dev.cortado.drivers.xen.frontend.ServiceStarter;
import dev.cortado.drivers.xen.store.XenStore;
import dev.cortado.kernel.ipc.PostponedInterrupt;
import dev.cortado.kernel.memory.DeviceFrames;
import dev.cortado.kernel.memory.FrameSource;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Drives this domain's disks, "vbd" in xenstore. */
final class XenBlockDriver implements BusDriver {
    private final BackendAccess access;
    private final FrameSource source;
    private final ServiceStarter starter;
    private final long patience;
    private final Consumer<String> log;
    private final XenBus bus;

    /** By their devices' paths. Who uses one that was detached waits for it to come again. */
    private final Map<String, XenBlock> blocks = new HashMap<>();

    /**
     * @param source of frames for rings
     * @param starter of the threads that serve them
     * @param patience nanoseconds that a backend has
     * @param log hears of devices that failed, and of deaths of those threads
     */
    XenBlockDriver(
            XenStore store,
            BackendAccess access,
            FrameSource source,
            ServiceStarter starter,
            long patience,
            Consumer<String> log) {
        this.access = access;
        this.source = source;
        this.starter = starter;
        this.patience = patience;
        this.log = log;
        bus = new XenBus(store, List.of(this), log);
    }

    /** What connects them, from when it is started. */
    XenBus bus() {
        return bus;
    }

    @Override
    public String type() {
        return "vbd";
    }

    /**
     * The disk that has a directory in xenstore, which may have been seen there just before.
     *
     * @param id the directory's name
     * @throws IOException the bus does not find it
     */
    synchronized XenBlock await(String id) throws IOException {
        String path = BusDevice.path(type(), id);
        long end = System.nanoTime() + patience;
        PostponedInterrupt.during(() -> {
            while (!blocks.containsKey(path) && end - System.nanoTime() > 0) {
                TimeUnit.NANOSECONDS.timedWait(this, end - System.nanoTime());
            }
        });
        XenBlock block = blocks.get(path);
        if (block == null) {
            throw new IOException("its driver has not found it");
        }
        return block;
    }

    @Override
    public synchronized Frontend probe(BusDevice device) {
        XenBlock known = blocks.get(device.path());
        if (known != null) {
            known.attachAgain(device);
            return known;
        }
        XenBlock block =
                new XenBlock(
                        device, access, () -> new DeviceFrames(source, device.path()), patience);
        String name = DiskNumber.name(device.id()).orElse(device.path());
        BlockService.start(name, block, bus, starter, log);
        blocks.put(device.path(), block);
        notifyAll();
        return block;
    }

    @Override
    public synchronized void suspend() {
        blocks.values().forEach(XenBlock::freezeKept);
    }

    @Override
    public synchronized void resume(boolean cancelled) {
        blocks.values().forEach(block -> block.thawKept(!cancelled));
    }
}

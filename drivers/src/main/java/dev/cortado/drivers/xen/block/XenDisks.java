package dev.cortado.drivers.xen.block;

import dev.cortado.drivers.block.FoundDisk;
import dev.cortado.drivers.block.MachineDisks;
import dev.cortado.drivers.xen.bus.XenBus;
import dev.cortado.drivers.xen.frontend.DomainAccess;
import dev.cortado.drivers.xen.lifecycle.Suspension;
import dev.cortado.drivers.xen.store.DomainStore;
import dev.cortado.drivers.xen.store.XenStore;
import dev.cortado.kernel.ipc.PostponedInterrupt;
import dev.cortado.kernel.memory.PooledFrames;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** This domain's disks: xvda, xvdb and so on, by their numbers. */
public final class XenDisks extends MachineDisks {
    private static final String DIRECTORY = "device/vbd";

    /** What a backend has for a request, and to connect. */
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(60);

    /** By the name of its directory; also of those that come later. */
    private final Map<String, XenBlock> blocks = new HashMap<>();

    synchronized void add(XenBlock block) {
        blocks.put(block.id(), block);
        notifyAll();
    }

    @Override
    public List<FoundDisk> find(Consumer<String> log) throws IOException {
        XenBlockDriver driver =
                new XenBlockDriver(new DomainAccess(), new PooledFrames(), PATIENCE, this::add);
        XenStore store = DomainStore.get();
        XenBus bus = new XenBus(store, List.of(driver), log);
        Suspension.add(bus);
        return find(store, bus, PATIENCE, log);
    }

    /**
     * Those that there are when it begins.
     *
     * @param bus not started yet; its driver tells {@link #add}
     * @param patience nanoseconds for a disk to be found
     */
    List<FoundDisk> find(XenStore store, XenBus bus, long patience, Consumer<String> log)
            throws IOException {
        List<String> expected = new ArrayList<>(store.directoryOrEmpty(DIRECTORY));
        bus.start();
        expected.sort(Comparator.comparingInt(String::length).thenComparing(id -> id));
        List<FoundDisk> found = new ArrayList<>();
        for (String id : expected) {
            String name = DiskNumber.name(id).orElse(null);
            if (name == null) {
                log.accept(DIRECTORY + '/' + id + ": no disk has this number");
                continue;
            }
            try {
                XenBlock block = await(id, patience);
                block.awaitConnection();
                found.add(new FoundDisk(name, "", block));
            } catch (IOException e) {
                log.accept(name + ": " + e.getMessage());
            }
        }
        return found;
    }

    private synchronized XenBlock await(String id, long patience) throws IOException {
        long end = System.nanoTime() + patience;
        PostponedInterrupt.during(() -> {
            while (!blocks.containsKey(id) && end - System.nanoTime() > 0) {
                TimeUnit.NANOSECONDS.timedWait(this, end - System.nanoTime());
            }
        });
        XenBlock block = blocks.get(id);
        if (block == null) {
            throw new IOException("its driver has not found it");
        }
        return block;
    }
}

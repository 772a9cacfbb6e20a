package dev.cortado.drivers.xen.block;

import dev.cortado.drivers.block.FoundDisk;
import dev.cortado.drivers.block.MachineDisks;
import dev.cortado.drivers.block.RestartableBlockDevice;
import dev.cortado.drivers.xen.frontend.DomainAccess;
import dev.cortado.drivers.xen.frontend.SupervisedServices;
import dev.cortado.drivers.xen.lifecycle.Suspension;
import dev.cortado.drivers.xen.store.DomainStore;
import dev.cortado.drivers.xen.store.XenStore;
import dev.cortado.kernel.memory.PooledFrames;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** This domain's disks: xvda, xvdb and so on, by their numbers. */
public final class XenDisks extends MachineDisks {
    private static final String DIRECTORY = "device/vbd";

    /** What a backend has for a request, and to connect. */
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(60);

    @Override
    public List<FoundDisk> find(Consumer<FoundDisk> later, Consumer<String> log)
            throws IOException {
        XenStore store = DomainStore.get();
        XenBlockDriver driver =
                new XenBlockDriver(
                        store,
                        new DomainAccess(),
                        new PooledFrames(),
                        new SupervisedServices(),
                        PATIENCE,
                        log);
        Suspension.add(driver.bus());
        return find(store, driver, log);
    }

    /**
     * Those that there are when it begins.
     *
     * @param driver whose bus is not started yet
     */
    static List<FoundDisk> find(XenStore store, XenBlockDriver driver, Consumer<String> log)
            throws IOException {
        List<String> expected = new ArrayList<>(store.directoryOrEmpty(DIRECTORY));
        driver.bus().start();
        expected.sort(Comparator.comparingInt(String::length).thenComparing(id -> id));
        List<FoundDisk> found = new ArrayList<>();
        for (String id : expected) {
            String name = DiskNumber.name(id).orElse(null);
            if (name == null) {
                log.accept(DIRECTORY + '/' + id + ": no disk has this number");
                continue;
            }
            try {
                RestartableBlockDevice disk = driver.await(id).disk();
                disk.await();
                found.add(new FoundDisk(name, "", disk));
            } catch (IOException e) {
                log.accept(name + ": " + e.getMessage());
            }
        }
        return found;
    }
}

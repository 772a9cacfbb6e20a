package dev.cortado.drivers.xen.block;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.drivers.block.FoundDisk;
import dev.cortado.drivers.xen.frontend.FakeAccess;
import dev.cortado.drivers.xen.frontend.HostServices;
import dev.cortado.drivers.xen.store.FakeXenstored;
import dev.cortado.drivers.xen.store.XenStore;
import dev.cortado.kernel.memory.HostFrames;
import dev.cortado.kernel.memory.HostMemory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class XenDisksTest {
    private static final int MEMORY_BYTES = 4 << 20;
    private static final long PATIENCE = 20_000_000_000L;
    private static final long SHORT = 1_500_000_000L;

    private final HostMemory memory = new HostMemory(MEMORY_BYTES);
    private final HostFrames source = new HostFrames(memory, MEMORY_BYTES);
    private final FakeAccess access = new FakeAccess(memory);
    private final FakeXenstored xenstored = new FakeXenstored();
    private final XenStore store = xenstored.connect(7);
    private final HostServices services = new HostServices();
    private final List<String> log = new CopyOnWriteArrayList<>();
    private final List<BlockBackend> backends = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        store.close();
        xenstored.close();
        for (BlockBackend backend : backends) {
            backend.close();
        }
    }

    private static String front(String id) {
        return "/local/domain/7/device/vbd/" + id + "/";
    }

    private static String back(String id) {
        return "/local/domain/0/backend/vbd/7/" + id + "/";
    }

    private void offer(String id) {
        xenstored.write(back(id) + "state", "2");
        xenstored.write(front(id) + "backend", back(id).substring(0, back(id).length() - 1));
        xenstored.write(front(id) + "backend-id", "0");
        xenstored.write(front(id) + "virtual-device", id);
        xenstored.write(front(id) + "state", "1");
    }

    /** The backend's part, in a thread of its own. */
    private void answer(String id, int bytes) {
        Thread.ofPlatform()
                .daemon()
                .start(() -> {
                    try {
                        long end = System.nanoTime() + PATIENCE;
                        while (!"3".equals(xenstored.read(front(id) + "state"))) {
                            assertTrue(System.nanoTime() < end, "no frontend of " + id);
                            Thread.sleep(1);
                        }
                        int ring = Integer.parseInt(xenstored.read(front(id) + "ring-ref"));
                        int port = Integer.parseInt(xenstored.read(front(id) + "event-channel"));
                        BlockBackend backend =
                                new BlockBackend(access, ring, port, new byte[bytes]);
                        synchronized (backends) {
                            backends.add(backend);
                        }
                        backend.start();
                        xenstored.write(back(id) + "sectors", Integer.toString(bytes / 512));
                        xenstored.write(back(id) + "sector-size", "512");
                        xenstored.write(back(id) + "info", "0");
                        xenstored.write(back(id) + "state", "4");
                    } catch (Exception e) {
                        log.add(e.toString());
                    }
                });
    }

    private List<FoundDisk> find(long patience) throws Exception {
        XenBlockDriver driver =
                new XenBlockDriver(store, access, source, services, patience, log::add);
        return XenDisks.find(store, driver, log::add);
    }

    @Test
    void disksHaveTheNamesOfTheirNumbersAndStandInTheirOrder() throws Exception {
        for (String id : List.of("51728", "268439552", "51712")) {
            offer(id);
            answer(id, 1 << 20);
        }
        List<FoundDisk> found = find(PATIENCE);
        assertEquals(List.of("xvda", "xvdb", "xvdq"), found.stream().map(FoundDisk::name).toList());
        assertEquals(1 << 20, found.get(2).device().bytes());
        assertEquals(List.of(), log);
    }

    @Test
    void aDomainMayHaveNone() throws Exception {
        assertEquals(List.of(), find(PATIENCE));
    }

    @Test
    void whatCannotBeUsedIsSaidAndTheOthersAreThere() throws Exception {
        offer("51712");
        offer("51728");
        answer("51728", 1 << 20);
        offer("9");
        assertEquals(List.of("xvdb"), find(SHORT).stream().map(FoundDisk::name).toList());
        assertEquals(
                List.of(
                        "device/vbd/9: no disk has this number",
                        "xvda: xen-blk (device/vbd/51712): it is gone"),
                log);
    }
}

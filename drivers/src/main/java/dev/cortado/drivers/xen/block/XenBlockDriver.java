package dev.cortado.drivers.xen.block;

import dev.cortado.drivers.xen.bus.BusDevice;
import dev.cortado.drivers.xen.bus.BusDriver;
import dev.cortado.drivers.xen.bus.Frontend;
import dev.cortado.drivers.xen.frontend.BackendAccess;
import dev.cortado.kernel.memory.DeviceFrames;
import dev.cortado.kernel.memory.FrameSource;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Drives this domain's disks, "vbd" in xenstore. */
public final class XenBlockDriver implements BusDriver {
    private final BackendAccess access;
    private final FrameSource source;
    private final long patience;
    private final Consumer<XenBlock> found;

    /** By their devices' paths. Who uses one that was detached waits for it to come again. */
    private final Map<String, XenBlock> blocks = new HashMap<>();

    /**
     * @param source of frames for rings
     * @param patience nanoseconds that a backend has
     * @param found hears of each disk, before it is connected for the first time
     */
    public XenBlockDriver(
            BackendAccess access, FrameSource source, long patience, Consumer<XenBlock> found) {
        this.access = access;
        this.source = source;
        this.patience = patience;
        this.found = found;
    }

    @Override
    public String type() {
        return "vbd";
    }

    @Override
    public Frontend probe(BusDevice device) {
        XenBlock known = blocks.get(device.path());
        if (known != null) {
            known.attachAgain(device);
            return known;
        }
        XenBlock block =
                new XenBlock(
                        device, access, () -> new DeviceFrames(source, device.path()), patience);
        blocks.put(device.path(), block);
        found.accept(block);
        return block;
    }
}

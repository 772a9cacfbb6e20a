package dev.cortado.drivers.virtio.scsi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.cortado.drivers.block.BlockDevice;
import dev.cortado.drivers.block.BufferInUseException;
import dev.cortado.drivers.block.controller.ControllerLife;
import dev.cortado.drivers.scsi.ScsiAdapterCase;
import dev.cortado.drivers.virtio.transport.DeviceStatus;
import dev.cortado.drivers.virtio.transport.Features;
import dev.cortado.drivers.virtio.transport.InterruptWait;
import dev.cortado.drivers.virtio.transport.VirtioDevice;
import dev.cortado.drivers.virtio.transport.VirtioException;
import dev.cortado.kernel.memory.DeviceBlock;
import dev.cortado.kernel.memory.DeviceFrames;
import dev.cortado.kernel.memory.HostFrames;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class VirtioScsiTest extends ScsiAdapterCase {
    private static final long ALL_OF_QUEUES =
            Features.INDIRECT_DESC | Features.EVENT_IDX | Features.RING_PACKED;

    private boolean canBeIsolated = true;

    @Override
    protected long deviceOffset() {
        return HostFrames.DEVICE_OFFSET;
    }

    @Override
    protected VirtioScsiModel model(long seed) {
        return model(seed, seed % 2 == 0 ? ALL_OF_QUEUES : 0, 64);
    }

    private VirtioScsiModel model(long seed, long offered, int queueSize) {
        return new VirtioScsiModel(memory, source, seed, DISK_BYTES, offered, queueSize);
    }

    @Override
    protected ControllerLife start(long patience) throws IOException, InterruptedException {
        VirtioScsiModel made = (VirtioScsiModel) model;
        DeviceFrames frames = new DeviceFrames(source, "test");
        VirtioDevice device = new VirtioDevice(made.transport(), memory, frames, ms -> {});
        device.setIsolation(() -> canBeIsolated);
        device.reset();
        return VirtioScsi.start(
                device,
                new Interrupts(made),
                made.interrupts::release,
                () -> end(device, frames),
                patience,
                problems::add);
    }

    private record Interrupts(VirtioScsiModel model) implements InterruptWait {
        @Override
        public void await(long nanoseconds) throws InterruptedException {
            model.interrupts.tryAcquire(nanoseconds, TimeUnit.NANOSECONDS);
        }

        @Override
        public boolean takeConfigurationChange() {
            return model.configurationChanges.getAndSet(false);
        }
    }

    private static void end(VirtioDevice device, DeviceFrames frames) {
        try {
            device.resetUninterruptibly();
        } catch (VirtioException e) {
            // It was kept from memory.
        }
        frames.close();
    }

    @Test
    void itsUnitsAreDisks() throws Exception {
        VirtioScsiModel made = model(1);
        checkDisks(made, made.unit, 3, 300);
    }

    /** Many callers for a queue of four: one request at a time. */
    @Test
    void aSmallQueueIsWaitedFor() throws Exception {
        hammer(begin(model(2, 0, 4), PATIENCE), 10, 20);
    }

    @Test
    void aDeviceThatNothingStopsKeepsItsBuffers() throws Exception {
        canBeIsolated = false;
        BlockDevice disk = begin(model(3), SHORT_PATIENCE);
        DeviceBlock buffer = buffer(4096);
        model.behaviour = VirtioScsiModel.Behaviour.SILENT;
        ((VirtioScsiModel) model).device.resetReads = Integer.MAX_VALUE;
        IOException error = assertThrows(IOException.class, () -> disk.read(0, buffer, 0, 512));
        assertTrue(BufferInUseException.isIn(error));
    }

    @Test
    void aDeviceThatWantsToBeResetIsAndWhoWaitsHearsOfIt() throws Exception {
        VirtioScsiModel made = model(6);
        BlockDevice disk = begin(made, PATIENCE);
        made.wantReset();
        IOException e = assertThrows(IOException.class, disk::flush);
        assertTrue(e.getMessage().endsWith("it wants to be reset"), e.getMessage());
        assertThrows(IOException.class, life::checkAlive);
        assertEquals(DeviceStatus.RESET, made.device.status);
    }

    @Test
    void strangeSizesAreRefused() {
        VirtioScsiModel made = model(4);
        model = made;
        made.device.configuration.putInt(24, 64);
        assertThrows(IOException.class, () -> start(PATIENCE));
    }

    @Test
    void aBusyDeviceIsAskedAgain() throws Exception {
        BlockDevice disk = begin(model(5), PATIENCE);
        ((VirtioScsiModel) model).busy = 3;
        disk.flush();
        ((VirtioScsiModel) model).busy = 1000;
        assertThrows(IOException.class, disk::flush);
    }
}

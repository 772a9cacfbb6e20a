package dev.cortado.drivers.lsi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.cortado.drivers.block.BlockDevice;
import dev.cortado.drivers.block.controller.ControllerCase;
import dev.cortado.drivers.block.controller.ControllerDisk;
import dev.cortado.drivers.block.controller.ControllerLife;
import dev.cortado.drivers.pci.TestAccess;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FusionAdapterTest extends ControllerCase {
    @Override
    protected FusionModel model(long seed) {
        return new FusionModel(memory, source, seed, DISK_BYTES);
    }

    @Override
    protected ControllerLife start(long patience) throws IOException, InterruptedException {
        return FusionAdapter.start(model.access(), patience, problems::add);
    }

    @Test
    void itsUnitsAreDisks() throws Exception {
        FusionModel made = model(1);
        made.unit.units = List.of(0, 2);
        BlockDevice disk = begin(made, PATIENCE);
        assertEquals(
                List.of("target 5 unit 0", "target 5 unit 2"),
                life.disks().stream().map(ControllerDisk::place).toList());
        model.takeCommands();
        disk.read(512, buffer(8192), 0, 4096);
        disk.flush();
        disk.discard(512, 1024);
        assertEquals(List.of("read 1 8", "flush", "unmap 1 2"), model.takeCommands());
    }

    @Test
    void oneRequestAtATimeIsEnough() throws Exception {
        FusionModel made = model(2);
        made.credits = 1;
        hammer(begin(made, PATIENCE), 6, 20);
    }

    @Test
    void framesThatAreTooSmallAreRefused() {
        FusionModel made = model(3);
        model = made;
        made.frameDwords = 14;
        assertThrows(IOException.class, () -> start(PATIENCE));
    }

    /** Only the addresses of frames are. */
    @Test
    void otherAddressesAreNoReplies() throws Exception {
        model = model(4);
        try (TestAccess access = model.access()) {
            FusionFrames frames = new FusionFrames(access, 2, 4);
            assertEquals(3, frames.replyAt((int) frames.replyAddress(3)));
            assertEquals(-1, frames.replyAt((int) frames.replyAddress(3) + 128));
            assertEquals(-1, frames.replyAt((int) frames.replyAddress(0) - 128));
            assertEquals(-1, frames.replyAt((int) frames.replyAddress(1) + 64));
        }
    }
}

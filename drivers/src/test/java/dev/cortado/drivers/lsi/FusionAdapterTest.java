package dev.cortado.drivers.lsi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.cortado.drivers.block.controller.ControllerLife;
import dev.cortado.drivers.pci.TestAccess;
import dev.cortado.drivers.scsi.ScsiAdapterCase;
import java.io.IOException;
import org.junit.jupiter.api.Test;

final class FusionAdapterTest extends ScsiAdapterCase {
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
        checkDisks(made, made.unit, 5, 2);
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

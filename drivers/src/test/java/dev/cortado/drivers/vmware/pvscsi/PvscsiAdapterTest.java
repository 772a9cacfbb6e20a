package dev.cortado.drivers.vmware.pvscsi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.cortado.drivers.block.BlockDevice;
import dev.cortado.drivers.block.controller.ControllerLife;
import dev.cortado.drivers.scsi.ScsiAdapterCase;
import dev.cortado.kernel.memory.DeviceBlock;
import java.io.IOException;
import org.junit.jupiter.api.Test;

final class PvscsiAdapterTest extends ScsiAdapterCase {
    @Override
    protected PvscsiModel model(long seed) {
        return new PvscsiModel(memory, source, seed, DISK_BYTES);
    }

    @Override
    protected ControllerLife start(long patience) throws IOException, InterruptedException {
        return PvscsiAdapter.start(model.access(), patience, problems::add);
    }

    @Test
    void itsUnitsAreDisks() throws Exception {
        PvscsiModel made = model(1);
        checkDisks(made, made.unit, 2, 5);
    }

    @Test
    void moreCompletionsThanThereCanBeAreTheEnd() throws Exception {
        BlockDevice disk = begin(model(2), PATIENCE);
        DeviceBlock buffer = buffer(4096);
        model.behaviour = PvscsiModel.Behaviour.SILENT;
        ((PvscsiModel) model).claim(129);
        IOException error = assertThrows(IOException.class, () -> disk.read(0, buffer, 0, 512));
        assertEquals("device: 129 completions in its ring", error.getMessage());
    }
}

package dev.cortado.drivers.vmware.pvscsi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.cortado.drivers.block.BlockDevice;
import dev.cortado.drivers.block.controller.ControllerCase;
import dev.cortado.drivers.block.controller.ControllerDisk;
import dev.cortado.drivers.block.controller.ControllerLife;
import dev.cortado.kernel.memory.DeviceBlock;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PvscsiAdapterTest extends ControllerCase {
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
        made.unit.units = List.of(0, 5);
        BlockDevice disk = begin(made, PATIENCE);
        assertEquals(
                List.of("target 2 unit 0", "target 2 unit 5"),
                life.disks().stream().map(ControllerDisk::place).toList());
        model.takeCommands();
        disk.read(512, buffer(8192), 0, 4096);
        disk.flush();
        disk.discard(512, 1024);
        assertEquals(List.of("read 1 8", "flush", "unmap 1 2"), model.takeCommands());
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

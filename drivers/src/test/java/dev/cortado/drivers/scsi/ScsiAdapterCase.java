package dev.cortado.drivers.scsi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cortado.drivers.block.BlockDevice;
import dev.cortado.drivers.block.controller.ControllerCase;
import dev.cortado.drivers.block.controller.ControllerDisk;
import dev.cortado.drivers.block.controller.ControllerModel;
import java.util.List;

/** What holds for the driver of every adapter that has SCSI units. */
public abstract class ScsiAdapterCase extends ControllerCase {
    /**
     * Checks that a target's units 0 and another one are disks.
     *
     * @param unit the model's
     */
    protected final void checkDisks(
            ControllerModel chosen, ScsiUnitModel unit, int target, int other) throws Exception {
        unit.units = List.of(0, other);
        BlockDevice disk = begin(chosen, PATIENCE);
        String place = "target " + target + " unit ";
        assertEquals(
                List.of(place + 0, place + other),
                life.disks().stream().map(ControllerDisk::place).toList());
        model.takeCommands();
        disk.read(512, buffer(8192), 0, 4096);
        disk.flush();
        disk.discard(512, 1024);
        assertEquals(List.of("read 1 8", "flush", "unmap 1 2"), model.takeCommands());
    }
}

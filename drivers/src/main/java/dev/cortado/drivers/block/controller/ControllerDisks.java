package dev.cortado.drivers.block.controller;

import dev.cortado.drivers.block.BlockDevice;
import dev.cortado.drivers.block.FoundDisk;
import dev.cortado.drivers.block.LoggedDeaths;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** A controller's disks, found and named. */
public final class ControllerDisks {
    private ControllerDisks() {}

    /**
     * Starts a controller, and lets go of it if it has no disk.
     *
     * @param controller its name, for messages
     * @param names gives a disk in a place its name
     * @param log hears of disks that cannot be used, and of deaths of drivers
     * @throws IOException the controller cannot be used
     */
    public static List<FoundDisk> open(
            String controller,
            ControllerLife.Start start,
            UnaryOperator<String> names,
            Consumer<String> log)
            throws IOException {
        ControllerService service =
                ControllerService.open(
                        controller, start, LoggedDeaths.POLICY, new LoggedDeaths(log), log);
        List<FoundDisk> found = new ArrayList<>();
        for (Map.Entry<String, BlockDevice> disk : service.disks().entrySet()) {
            String name = names.apply(disk.getKey());
            try {
                BlockDevice device = disk.getValue();
                found.add(new FoundDisk(name, device.serialNumber(), device));
            } catch (IOException e) {
                log.accept(name + ": " + e.getMessage());
            }
        }
        if (found.isEmpty()) {
            service.close();
        }
        return found;
    }
}

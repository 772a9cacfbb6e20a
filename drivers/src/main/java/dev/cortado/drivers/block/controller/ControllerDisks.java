package dev.cortado.drivers.block.controller;

import dev.cortado.drivers.block.BlockDevice;
import dev.cortado.drivers.block.FoundDisk;
import dev.cortado.drivers.block.LoggedDeaths;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A controller's disks, found and named, until the controller is taken away. */
public final class ControllerDisks implements AutoCloseable {
    /** Gives a disk its name. */
    public interface Names {
        /**
         * @param place where the controller has it
         */
        String of(String place, BlockDevice device);
    }

    private final ControllerService service;
    private final List<FoundDisk> disks;

    private ControllerDisks(ControllerService service, List<FoundDisk> disks) {
        this.service = service;
        this.disks = List.copyOf(disks);
    }

    /** In their order at the controller; empty if nothing of it is in use. */
    public List<FoundDisk> disks() {
        return disks;
    }

    /** Lets go of the controller; from now on, who uses its disks has errors. */
    @Override
    public void close() {
        service.close();
    }

    /**
     * Starts a controller, and lets go of it if it has no disk.
     *
     * @param controller its name, for messages
     * @param log hears of disks that cannot be used, and of deaths of drivers
     * @throws IOException the controller cannot be used
     */
    public static ControllerDisks open(
            String controller, ControllerLife.Start start, Names names, Consumer<String> log)
            throws IOException {
        ControllerService service =
                ControllerService.open(
                        controller, start, LoggedDeaths.POLICY, new LoggedDeaths(log), log);
        List<FoundDisk> found = new ArrayList<>();
        for (Map.Entry<String, BlockDevice> disk : service.disks().entrySet()) {
            BlockDevice device = disk.getValue();
            String name = names.of(disk.getKey(), device);
            try {
                found.add(new FoundDisk(name, device.serialNumber(), device));
            } catch (IOException e) {
                log.accept(name + ": " + e.getMessage());
            }
        }
        if (found.isEmpty()) {
            service.close();
        }
        return new ControllerDisks(service, found);
    }
}

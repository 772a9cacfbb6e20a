package dev.cortado.drivers.nvme;

import dev.cortado.drivers.block.controller.ControllerDisks;
import dev.cortado.drivers.pci.PciDevice;
import dev.cortado.drivers.pci.block.PciDiskDriver;
import dev.cortado.drivers.pci.host.PciConnection;
import dev.cortado.kernel.cpu.Processors;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Drives controllers of NVM Express; a namespace is nvme0n1, nvme0n2 or nvme1n1. */
public final class NvmeDriver implements PciDiskDriver {
    /** What a controller has for a command, which may be on a slow disk. */
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(60);

    private int controllers;

    @Override
    public boolean drives(PciDevice device) {
        return device.classCode() == NvmeController.CLASS_CODE;
    }

    @Override
    public List<ControllerDisks> open(PciDevice device, Consumer<String> log) throws IOException {
        String name = "nvme" + controllers++;
        return List.of(
                ControllerDisks.open(
                        device.toString(),
                        problems -> start(device, problems),
                        (place, disk) -> name + place,
                        log));
    }

    /** With a message for each CPU's queue, as far as there are some, and one for the admin's. */
    private static NvmeController start(PciDevice device, Consumer<String> problems)
            throws IOException, InterruptedException {
        int cpus = Processors.online();
        int messages = Math.min(cpus, NvmeController.MOST_QUEUES) + 1;
        return NvmeController.start(
                PciConnection.open(device, messages, 0),
                cpus,
                () -> Processors.current().getId(),
                PATIENCE,
                problems);
    }
}

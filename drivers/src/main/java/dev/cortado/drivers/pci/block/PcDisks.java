package dev.cortado.drivers.pci.block;

import dev.cortado.drivers.block.FoundDisk;
import dev.cortado.drivers.block.MachineDisks;
import dev.cortado.drivers.pci.host.PciBus;
import dev.cortado.drivers.pci.host.UnknownDevices;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The disks of several sources, one after the other; controllers without a driver are named. */
public final class PcDisks extends MachineDisks {
    private final List<MachineDisks> sources;

    public PcDisks(List<MachineDisks> sources) {
        this.sources = List.copyOf(sources);
    }

    @Override
    public List<FoundDisk> find(Consumer<FoundDisk> later, Consumer<String> log) {
        List<FoundDisk> found = new ArrayList<>();
        for (MachineDisks source : sources) {
            try {
                found.addAll(source.find(later, log));
            } catch (IOException e) {
                log.accept(e.getMessage());
            }
        }
        PciBus.get().nameUnknown(UnknownDevices.STORAGE, log);
        return found;
    }
}

package dev.cortado.drivers.block;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The disks of several sources, one after the other. */
public final class SeveralDisks extends MachineDisks {
    private final List<MachineDisks> sources;

    public SeveralDisks(List<MachineDisks> sources) {
        this.sources = List.copyOf(sources);
    }

    @Override
    protected List<FoundDisk> find(Consumer<String> log) {
        List<FoundDisk> found = new ArrayList<>();
        for (MachineDisks source : sources) {
            try {
                found.addAll(source.find(log));
            } catch (IOException e) {
                log.accept(e.getMessage());
            }
        }
        return found;
    }
}

package dev.cortado.drivers.virtio.bus;

import dev.cortado.drivers.register.RegisterMappings;
import dev.cortado.drivers.virtio.transport.MmioPlace;
import dev.cortado.drivers.virtio.transport.MmioTransport;
import dev.cortado.drivers.virtio.transport.VirtioTransport;
import dev.cortado.kernel.device.DeviceInterrupt;
import java.io.IOException;
import java.util.Optional;

/** A virtio device with registers in memory (VIRTIO 1.2, 4.2). */
final class MmioSlot extends VirtioPlace {
    private final MmioPlace place;

    private MmioSlot(MmioPlace place, int deviceType) {
        super(place.toString(), deviceType);
        this.place = place;
    }

    /**
     * Looks whether there is a device.
     *
     * @throws IOException there is something else
     */
    static Optional<MmioSlot> find(MmioPlace place) throws IOException {
        try (RegisterMappings mappings = new RegisterMappings()) {
            int type = transport(place, mappings).deviceType();
            return type == 0 ? Optional.empty() : Optional.of(new MmioSlot(place, type));
        }
    }

    private static MmioTransport transport(MmioPlace place, RegisterMappings mappings)
            throws IOException {
        return new MmioTransport(place.toString(), mappings.map(place.base(), place.bytes()));
    }

    private record Connection(
            RegisterMappings mappings,
            DeviceInterrupt interrupt,
            VirtioTransport transport,
            boolean isEdge)
            implements BusConnection {
        @Override
        public boolean isMessages() {
            return false;
        }

        @Override
        public void admitToMemory() {}

        /** Nothing stands between such a device and memory. */
        @Override
        public boolean keepFromMemory() {
            return false;
        }

        @Override
        public boolean close() {
            try {
                interrupt.close();
            } finally {
                mappings.close();
            }
            return keepFromMemory();
        }
    }

    @Override
    BusConnection connect(int[] cpus) throws IOException {
        RegisterMappings mappings = new RegisterMappings();
        Connection connection = null;
        try {
            VirtioTransport transport = transport(place, mappings);
            DeviceInterrupt interrupt =
                    DeviceInterrupt.ofLine(
                            place.interrupt(), cpus[0], place.isLevel(), place.isLow());
            interrupt.describe(toString(), null);
            connection = new Connection(mappings, interrupt, transport, !place.isLevel());
            return connection;
        } finally {
            if (connection == null) {
                mappings.close();
            }
        }
    }
}

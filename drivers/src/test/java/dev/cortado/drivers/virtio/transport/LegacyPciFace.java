package dev.cortado.drivers.virtio.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** The ports of VIRTIO 1.2, 4.1.4.10. */
public final class LegacyPciFace extends RegisterFace {
    private final VirtioModel model;
    private final boolean messages;
    private final int configuration;
    private int queueSelect;

    public LegacyPciFace(VirtioModel model, boolean messages) {
        super(24 + (model.configuration.capacity() + 3 & ~3));
        this.model = model;
        this.messages = messages;
        configuration = messages ? 24 : 20;
    }

    private VirtioModel.Queue queue() {
        return queueSelect < model.queues.length
                ? model.queues[queueSelect]
                : new VirtioModel.Queue();
    }

    private static final int[] WIDTHS = {
        4, 0, 0, 0, 4, 0, 0, 0, 4, 0, 0, 0, 2, 0, 2, 0, 2, 0, 1, 1, 2, 0, 2, 0
    };

    @Override
    int read(int offset, int width) {
        if (offset >= configuration) {
            return readBytes(model.configuration, offset - configuration, width);
        }
        assertEquals(WIDTHS[offset], width);
        return switch (offset) {
            case 0 -> (int) model.offered;
            case 8 -> (int) (queue().descriptors >>> 12);
            case 12 -> queue().largest;
            case 18 -> model.readStatus();
            case 19 -> {
                int causes = model.causes;
                model.causes = 0;
                yield causes;
            }
            case 20 -> model.configurationVector;
            case 22 -> queue().vector;
            default -> throw new AssertionError("port " + offset + " is not to be read");
        };
    }

    @Override
    void write(int offset, int width, int value) {
        if (offset >= configuration) {
            writeBytes(model.configuration, offset - configuration, width, value);
            return;
        }
        assertEquals(WIDTHS[offset], width);
        switch (offset) {
            case 4 -> model.accepted = Integer.toUnsignedLong(value);
            case 8 -> model.place(queueSelect, Integer.toUnsignedLong(value));
            case 14 -> queueSelect = value;
            case 16 -> model.ring(value);
            case 18 -> model.writeStatus(value);
            case 20 -> model.configurationVector = messages && value < model.vectors ? value : -1;
            case 22 -> queue().vector = value < model.vectors ? value : 0xffff;
            default -> throw new AssertionError("port " + offset + " is not to be written");
        }
    }
}

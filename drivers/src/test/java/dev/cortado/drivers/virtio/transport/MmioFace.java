package dev.cortado.drivers.virtio.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** The registers of VIRTIO 1.2, table 4.1 (4.2.2) and, legacy, of 4.2.4. */
public final class MmioFace extends RegisterFace {
    private final VirtioModel model;
    private int deviceSelect;
    private int driverSelect;
    private int queueSelect;
    private int pageSize;

    public MmioFace(VirtioModel model) {
        super(0x100 + model.configuration.capacity());
        this.model = model;
    }

    private VirtioModel.Queue queue() {
        return queueSelect < model.queues.length
                ? model.queues[queueSelect]
                : new VirtioModel.Queue();
    }

    @Override
    int read(int offset, int width) {
        if (offset >= 0x100) {
            return readBytes(model.configuration, offset - 0x100, width);
        }
        assertEquals(4, width, "4.2.2.2: registers have 32 bits");
        return switch (offset) {
            case 0x000 -> 0x74726976;
            case 0x004 -> model.legacy ? 1 : 2;
            case 0x008 -> model.type;
            case 0x010 -> deviceSelect > 1 ? 0 : (int) (model.offered >>> 32 * deviceSelect);
            case 0x034 -> queue().largest;
            case 0x040 -> (int) (queue().descriptors >>> 12);
            case 0x044 -> queue().enabled ? 1 : 0;
            case 0x060 -> model.causes;
            case 0x070 -> model.readStatus();
            case 0x0fc -> model.generation;
            default -> throw new AssertionError("register " + offset + " is not to be read");
        };
    }

    @Override
    void write(int offset, int width, int value) {
        if (offset >= 0x100) {
            writeBytes(model.configuration, offset - 0x100, width, value);
            return;
        }
        assertEquals(4, width, "4.2.2.2: registers have 32 bits");
        if (model.legacy) {
            switch (offset) {
                case 0x028 -> pageSize = value;
                case 0x03c -> assertEquals(4096, value);
                case 0x040 -> {
                    assertEquals(4096, pageSize, "before queues, after each reset");
                    model.place(queueSelect, Integer.toUnsignedLong(value));
                }
                default -> writeBoth(offset, value);
            }
            return;
        }
        switch (offset) {
            case 0x044 -> {
                assertEquals(1, value);
                model.enable(queueSelect);
            }
            case 0x080 -> queue().descriptors = low(queue().descriptors, value);
            case 0x084 -> queue().descriptors = high(queue().descriptors, value);
            case 0x090 -> queue().driver = low(queue().driver, value);
            case 0x094 -> queue().driver = high(queue().driver, value);
            case 0x0a0 -> queue().device = low(queue().device, value);
            case 0x0a4 -> queue().device = high(queue().device, value);
            default -> writeBoth(offset, value);
        }
    }

    private void writeBoth(int offset, int value) {
        switch (offset) {
            case 0x014 -> deviceSelect = value;
            case 0x020 ->
                    model.accepted =
                            driverSelect == 0
                                    ? low(model.accepted, value)
                                    : high(model.accepted, value);
            case 0x024 -> driverSelect = value;
            case 0x030 -> queueSelect = value;
            case 0x038 -> queue().size = value;
            case 0x050 -> model.ring(value);
            case 0x064 -> model.causes &= ~value;
            case 0x070 -> {
                if (value == 0) {
                    pageSize = 0;
                }
                model.writeStatus(value);
            }
            default -> throw new AssertionError("register " + offset + " is not to be written");
        }
    }
}

package dev.cortado.drivers.virtio.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cortado.drivers.register.RegisterWindow;

/** The structures of VIRTIO 1.2, 4.1.4.3 to 4.1.4.6, in one memory at multiples of 0x1000. */
public final class PciFace extends RegisterFace {
    static final int NOTIFY = 0x3000;
    static final int ISR = 0x1000;
    static final int DEVICE = 0x2000;
    static final int MULTIPLIER = 4;

    private final VirtioModel model;
    private int deviceSelect;
    private int driverSelect;
    private int queueSelect;

    public PciFace(VirtioModel model) {
        super(0x4000);
        this.model = model;
    }

    /** As its capabilities would say. */
    public PciStructures.Mapped structures() {
        return new PciStructures.Mapped(
                new RegisterWindow(this, 0, 56),
                new RegisterWindow(this, NOTIFY, (long) MULTIPLIER * model.queues.length),
                MULTIPLIER,
                new RegisterWindow(this, ISR, 1),
                new RegisterWindow(this, DEVICE, model.configuration.capacity()));
    }

    private VirtioModel.Queue queue() {
        return queueSelect < model.queues.length
                ? model.queues[queueSelect]
                : new VirtioModel.Queue();
    }

    private static void width(int expected, int width) {
        assertEquals(expected, width, "4.1.3.1: as wide as the field");
    }

    @Override
    int read(int offset, int width) {
        if (offset >= DEVICE && offset < NOTIFY) {
            return readBytes(model.configuration, offset - DEVICE, width);
        }
        if (offset == ISR) {
            int causes = model.causes;
            model.causes = 0;
            return causes;
        }
        width(offset == 20 || offset == 21 ? 1 : offset == 4 ? 4 : 2, width);
        return switch (offset) {
            case 4 -> deviceSelect > 1 ? 0 : (int) (model.offered >>> 32 * deviceSelect);
            case 16 -> model.configurationVector;
            // As QEMU's network device: the others are there once their feature is agreed on.
            case 18 -> model.accepted == 0 ? 1 : model.queues.length;
            case 20 -> model.readStatus();
            case 21 -> model.generation;
            case 24 -> queue().size;
            case 26 -> queue().vector;
            case 28 -> queue().enabled ? 1 : 0;
            case 30 -> queueSelect;
            default -> throw new AssertionError("field " + offset + " is not to be read");
        };
    }

    @Override
    void write(int offset, int width, int value) {
        if (offset >= NOTIFY) {
            width(2, width);
            assertEquals(NOTIFY + MULTIPLIER * value, offset);
            model.ring(value);
            return;
        }
        width(offset == 20 ? 1 : offset >= 16 && offset < 32 ? 2 : 4, width);
        switch (offset) {
            case 0 -> deviceSelect = value;
            case 8 -> driverSelect = value;
            case 12 ->
                    model.accepted =
                            driverSelect == 0
                                    ? low(model.accepted, value)
                                    : high(model.accepted, value);
            case 16 -> model.configurationVector = value < model.vectors ? value : 0xffff;
            case 20 -> model.writeStatus(value);
            case 22 -> queueSelect = value;
            case 24 -> queue().size = value;
            case 26 -> queue().vector = value < model.vectors ? value : 0xffff;
            case 28 -> model.enable(queueSelect);
            case 32 -> queue().descriptors = low(queue().descriptors, value);
            case 36 -> queue().descriptors = high(queue().descriptors, value);
            case 40 -> queue().driver = low(queue().driver, value);
            case 44 -> queue().driver = high(queue().driver, value);
            case 48 -> queue().device = low(queue().device, value);
            case 52 -> queue().device = high(queue().device, value);
            default -> throw new AssertionError("field " + offset + " is not to be written");
        }
    }
}

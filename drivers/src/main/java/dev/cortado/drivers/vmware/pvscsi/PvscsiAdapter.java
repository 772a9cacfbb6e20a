package dev.cortado.drivers.vmware.pvscsi;

import dev.cortado.drivers.block.controller.ControllerStart;
import dev.cortado.drivers.block.controller.PciControllerLife;
import dev.cortado.drivers.block.controller.Request;
import dev.cortado.drivers.block.controller.RequestTable;
import dev.cortado.drivers.pci.PciAccess;
import dev.cortado.drivers.scsi.ScsiAddress;
import dev.cortado.drivers.scsi.ScsiAnswer;
import dev.cortado.drivers.scsi.ScsiCommand;
import dev.cortado.drivers.scsi.ScsiScan;
import dev.cortado.drivers.scsi.ScsiSlots;
import dev.cortado.drivers.scsi.ScsiTransport;
import java.io.IOException;
import java.util.function.Consumer;

/** One life of the driver of an adapter. */
final class PvscsiAdapter extends PciControllerLife implements ScsiTransport {
    static final int VENDOR = 0x15ad;
    static final int DEVICE = 0x07c0;

    /** As many as an adapter has (Configuration Maximums of vSphere 6.7 and later). */
    private static final int TARGETS = 64;

    private static final int MOST_BYTES = 1 << 20;

    /** {@code enum HostBusAdapterStatus}. */
    private static final int BTSTAT_SUCCESS = 0x00;

    private static final int BTSTAT_LINKED_COMMAND_COMPLETED = 0x0a;
    private static final int BTSTAT_LINKED_COMMAND_COMPLETED_WITH_FLAG = 0x0b;
    private static final int BTSTAT_DATA_UNDERRUN = 0x0c;
    private static final int BTSTAT_SELTIMEO = 0x11;
    private static final int BTSTAT_DATARUN = 0x12;
    private static final int BTSTAT_NORESPONSE = 0x21;
    private static final int BTSTAT_BUSRESET = 0x25;
    private static final int BTSTAT_ABORTQUEUE = 0x26;

    private final RequestTable table;
    private final PvscsiRegisters registers;
    private final ScsiSlots slots;
    private final PvscsiRings rings;

    /** By slots; guarded by the table's lock. */
    private final ScsiAnswer[] answers = new ScsiAnswer[PvscsiRings.REQUESTS];

    private PvscsiAdapter(PciAccess access, long patience) throws IOException {
        super(access, patience);
        registers = new PvscsiRegisters(access);
        table = requests.table(PvscsiRings.REQUESTS);
        slots = new ScsiSlots(access.frames(), access.memory(), table.slots());
        rings = new PvscsiRings(access, slots);
    }

    /**
     * Resets an adapter, and finds its disks.
     *
     * @param access is closed if that fails
     * @param patience nanoseconds that a unit has for a command
     */
    static PvscsiAdapter start(PciAccess access, long patience, Consumer<String> log)
            throws IOException, InterruptedException {
        return ControllerStart.start(
                access::close,
                () -> new PvscsiAdapter(access, patience),
                adapter -> adapter.begin(log));
    }

    private void begin(Consumer<String> log) throws IOException, InterruptedException {
        registers.reset();
        access.admitToMemory();
        registers.setUpRings(
                rings.stateAddress(), rings.requestsAddress(), rings.completionsAddress());
        registers.enableInterrupts();
        requests.setUp(
                this::serve,
                () -> disks.addAll(ScsiScan.disks(this, access.frames(), access.memory(), log)));
    }

    @Override
    public int targets() {
        return TARGETS;
    }

    @Override
    public int mostBytes() {
        return MOST_BYTES;
    }

    @Override
    public <T> Request<T> begin(
            ScsiAddress address, ScsiCommand command, Conclusion<T> conclusion, boolean waits)
            throws IOException {
        return table.begin(
                slot -> {
                    rings.add(slot, address, command);
                    registers.kick(command.isTransfer());
                },
                (slot, ignored) -> conclusion.conclude(answers[slot]),
                waits);
    }

    @Override
    protected void takeAnswers() {
        registers.acknowledge();
        table.serve(this::take);
    }

    private void take() throws IOException {
        for (PvscsiRings.Completion next = rings.take(); next != null; next = rings.take()) {
            if (table.isUnderWay(next.slot())) {
                answers[next.slot()] = answer(next); // if memory lacks for it, there was none
            }
            table.finish(next.slot(), 0);
        }
    }

    private ScsiAnswer answer(PvscsiRings.Completion completion) {
        int host = completion.hostStatus();
        return switch (host) {
            case BTSTAT_SUCCESS,
                    BTSTAT_LINKED_COMMAND_COMPLETED,
                    BTSTAT_LINKED_COMMAND_COMPLETED_WITH_FLAG ->
                    delivered(ScsiAnswer.Delivery.DONE, completion);
            case BTSTAT_DATA_UNDERRUN, BTSTAT_DATARUN ->
                    delivered(ScsiAnswer.Delivery.SHORT, completion);
            case BTSTAT_SELTIMEO, BTSTAT_NORESPONSE ->
                    ScsiAnswer.undelivered(ScsiAnswer.Delivery.ABSENT, host);
            case BTSTAT_BUSRESET, BTSTAT_ABORTQUEUE ->
                    ScsiAnswer.undelivered(ScsiAnswer.Delivery.AGAIN, host);
            default -> ScsiAnswer.undelivered(ScsiAnswer.Delivery.FAILED, host);
        };
    }

    private ScsiAnswer delivered(ScsiAnswer.Delivery how, PvscsiRings.Completion completion) {
        return new ScsiAnswer(
                how,
                completion.hostStatus(),
                completion.scsiStatus() & 0xff,
                slots.sense(completion.slot(), completion.senseBytes()));
    }

    @Override
    protected void reset() throws IOException, InterruptedException {
        registers.disableInterrupts();
        registers.reset();
    }
}

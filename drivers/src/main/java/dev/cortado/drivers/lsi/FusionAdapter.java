package dev.cortado.drivers.lsi;

import dev.cortado.drivers.block.controller.ControllerStart;
import dev.cortado.drivers.block.controller.PciControllerLife;
import dev.cortado.drivers.block.controller.Request;
import dev.cortado.drivers.block.controller.RequestTable;
import dev.cortado.drivers.pci.PciAccess;
import dev.cortado.drivers.scsi.ScsiAddress;
import dev.cortado.drivers.scsi.ScsiAnswer;
import dev.cortado.drivers.scsi.ScsiCommand;
import dev.cortado.drivers.scsi.ScsiScan;
import dev.cortado.drivers.scsi.ScsiTransport;
import java.io.IOException;
import java.util.function.Consumer;

/** One life of the driver of an adapter. */
final class FusionAdapter extends PciControllerLife implements ScsiTransport {
    private static final int MOST_SLOTS = 32;

    /** Of an element's 24 bits. */
    private static final int MOST_BYTES = 1 << 20;

    /** A number has a byte. */
    private static final int MOST_TARGETS = 256;

    /** Of a reply: the address of a frame, halved, or else a context with its type. */
    private static final int ADDRESS_REPLY = 1 << 31;

    private static final ScsiAnswer DONE =
            ScsiAnswer.undelivered(ScsiAnswer.Delivery.DONE, 0); // and status GOOD

    private final FusionRegisters registers;
    private RequestTable table;
    private FusionFrames frames;
    private FusionMessages.Port port;
    private ScsiAnswer[] answers;

    private FusionAdapter(PciAccess access, long patience) throws IOException {
        super(access, patience);
        registers = new FusionRegisters(access);
    }

    /**
     * Resets an adapter, and finds its disks.
     *
     * @param access is closed if that fails
     * @param patience nanoseconds that a unit has for a command
     */
    static FusionAdapter start(PciAccess access, long patience, Consumer<String> log)
            throws IOException, InterruptedException {
        return ControllerStart.start(
                access::close,
                () -> new FusionAdapter(access, patience),
                adapter -> adapter.begin(log));
    }

    private void begin(Consumer<String> log) throws IOException, InterruptedException {
        registers.reset();
        FusionMessages messages = new FusionMessages(name(), registers);
        FusionMessages.Facts facts = messages.facts();
        port = messages.port();
        int slots = Math.min(Math.min(facts.credits(), facts.replies()), MOST_SLOTS);
        if (slots == 0 || facts.frameBytes() < FusionFrames.REQUEST_BYTES) {
            throw new IOException(
                    name()
                            + ": "
                            + slots
                            + " requests of "
                            + facts.frameBytes()
                            + " bytes at once");
        }
        answers = new ScsiAnswer[slots];
        table = requests.table(slots);
        frames = new FusionFrames(access, slots, slots);
        access.admitToMemory();
        messages.initialize(facts, FusionFrames.REPLY_BYTES);
        registers.awaitOperational();
        for (int i = 0; i < frames.replyCount(); i++) {
            registers.give(frames.replyAddress(i));
        }
        messages.enablePort();
        registers.enableInterrupts();
        requests.setUp(
                this::serve,
                () -> disks.addAll(ScsiScan.disks(this, access.frames(), access.memory(), log)));
    }

    @Override
    public int targets() {
        return Math.min(port.targets(), MOST_TARGETS);
    }

    @Override
    public int mostBytes() {
        return MOST_BYTES;
    }

    @Override
    public <T> Request<T> begin(
            ScsiAddress address, ScsiCommand command, Conclusion<T> conclusion, boolean waits)
            throws IOException {
        if (address.target() == port.own()) {
            ScsiAnswer absent = ScsiAnswer.undelivered(ScsiAnswer.Delivery.ABSENT, 0);
            return Request.ended(conclusion.conclude(absent));
        }
        return table.begin(
                slot -> registers.post(frames.write(slot, address, command)),
                (slot, ignored) -> conclusion.conclude(answers[slot]),
                waits);
    }

    @Override
    protected void takeAnswers() {
        table.serve(this::take);
    }

    /** More replies than there are requests end with an error. */
    private void take() throws IOException {
        int next = registers.takeReply();
        while (next != FusionRegisters.NO_REPLY) {
            if ((next & ADDRESS_REPLY) == 0) {
                table.finish(next, 0); // its type is a SCSI command's if its upper bits are 0
                answers[next] = DONE;
            } else {
                takeFrame(next << 1);
            }
            next = registers.takeReply();
        }
    }

    private void takeFrame(int address) throws IOException {
        int reply = frames.replyAt(address);
        if (reply < 0 || !frames.isOfCommand(reply)) {
            throw new IOException(name() + ": a reply at 0x" + Integer.toHexString(address));
        }
        int slot = frames.slot(reply);
        if (table.isUnderWay(slot)) {
            answers[slot] = frames.answer(reply, slot); // if memory lacks for it, there was none
        }
        table.finish(slot, 0);
        registers.give(frames.replyAddress(reply));
    }

    @Override
    protected void reset() throws IOException, InterruptedException {
        registers.reset();
    }
}

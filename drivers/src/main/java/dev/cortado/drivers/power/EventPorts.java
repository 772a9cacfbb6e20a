package dev.cortado.drivers.power;

import com.oracle.svm.core.Uninterruptible;
import dev.cortado.drivers.acpi.event.EventRegisters;
import dev.cortado.kernel.cpu.Cpu;
import dev.cortado.kernel.firmware.EventBlock;
import dev.cortado.kernel.interrupt.InterruptHandler;
import dev.cortado.kernel.ipc.Notification;
import dev.cortado.kernel.message.SignalWord;
import java.util.List;
import org.graalvm.word.WordFactory;

/**
 * The machine's general purpose events. Their interrupt disables the groups that have one, which
 * would go on interrupting, and wakes who waits; that one enables them again.
 *
 * <p>The only object is the image's: an interrupt finds it also while the collector moves others.
 */
public final class EventPorts implements EventRegisters, InterruptHandler {
    private static final String REASON = "Handles an interrupt.";

    private static final EventPorts MACHINE = new EventPorts();

    /** Events have numbers of a byte. */
    private static final int MOST_GROUPS = 2 * 256 / Byte.SIZE;

    private static final long CAME = 1;

    private final int[] status = new int[MOST_GROUPS];
    private final int[] enable = new int[MOST_GROUPS];
    private final int[] firstEvents = new int[MOST_GROUPS];
    private int groups;
    private Notification notification;

    /** Of the signal word, 0 before. */
    private long word;

    private EventPorts() {}

    /**
     * Those of a machine whose firmware has left them to us; all are disabled. Once.
     *
     * @return null if it has none
     */
    public static EventPorts open(List<EventBlock> blocks) {
        return MACHINE.begin(blocks) ? MACHINE : null;
    }

    private boolean begin(List<EventBlock> blocks) {
        int count = 0;
        for (EventBlock block : blocks) {
            for (int i = 0; i < block.groups() && count < MOST_GROUPS; i++) {
                status[count] = block.status() + i;
                enable[count] = block.enable() + i;
                firstEvents[count] = block.firstEvent() + i * Byte.SIZE;
                Cpu.out8(enable[count], 0);
                count++;
            }
        }
        notification = new Notification();
        word = notification.word().rawValue();
        groups = count;
        return count > 0 && SystemInterrupt.join(this);
    }

    @Override
    @Uninterruptible(reason = REASON)
    public void handle() {
        boolean came = false;
        for (int i = 0; i < groups; i++) {
            if ((Cpu.in8(status[i]) & Cpu.in8(enable[i])) != 0) {
                Cpu.out8(enable[i], 0);
                came = true;
            }
        }
        if (came) {
            SignalWord.Operations.signal(WordFactory.pointer(word), CAME);
        }
    }

    /** Waits until an interrupt has come since the last time. */
    public void await() throws InterruptedException {
        notification.await(Notification.ANY);
    }

    @Override
    public int groups() {
        return groups;
    }

    @Override
    public int firstEvent(int group) {
        return firstEvents[group];
    }

    @Override
    public int status(int group) {
        return Cpu.in8(status[group]) & 0xff;
    }

    @Override
    public void clear(int group, int events) {
        Cpu.out8(status[group], events);
    }

    @Override
    public void enable(int group, int events) {
        Cpu.out8(enable[group], events);
    }
}
